import { Link, sidebarConfig, useSidebarOpenState } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles({
  root: {
    width: '100%',
    height: 72,
    display: 'flex',
    alignItems: 'center',
    paddingLeft: 20,
  },
  link: { display: 'flex', alignItems: 'center', gap: 14 },
  name: {
    color: '#fff',
    fontSize: 20,
    fontWeight: 700,
    letterSpacing: '0.02em',
  },
  mark: { width: sidebarConfig.iconSize + 8, height: sidebarConfig.iconSize + 8 },
});

/** A ship in the dock; with the name where there is room. */
export const Logo = () => {
  const classes = useStyles();
  const { isOpen } = useSidebarOpenState();
  return (
    <div className={classes.root}>
      <Link to="/" underline="none" className={classes.link} aria-label="Home">
        <svg className={classes.mark} viewBox="0 0 32 32" aria-hidden="true">
          <path d="M3 12h26l-3.5 9h-19z" fill="#fff" />
          <path d="M16 3v9" stroke="#fff" strokeWidth="3" strokeLinecap="round" />
          <path d="M3 27h26" stroke="#f2a33a" strokeWidth="3.5" strokeLinecap="round" />
        </svg>
        {isOpen && <span className={classes.name}>Drydock</span>}
      </Link>
    </div>
  );
};
