import { Radio, RadioGroup } from '@backstage/ui';
import type { ReleaseView } from '@drydock/plugin-promotion-common';
import { Age } from '../parts/Age';

const SHOWN = 8;

/** Chooses among releases, the newest first. */
export const ReleasePicker = (props: {
  readonly releases: readonly ReleaseView[];
  readonly value: string | undefined;
  readonly onChange: (release: string) => void;
}) => (
  <RadioGroup label="Go back to" orientation="vertical" value={props.value ?? null} onChange={props.onChange}>
    {props.releases.slice(0, SHOWN).map(({ id, name, subject, createdAt, requestedBy }) => (
      <Radio key={id} value={id}>
        <span>
          <code>{name}</code> {subject} · by {requestedBy}, <Age at={createdAt} /> old
        </span>
      </Radio>
    ))}
  </RadioGroup>
);
