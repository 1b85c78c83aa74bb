/** The URLs of the plugin; every state of a page has one. */
export const paths = {
  matrix: () => '/promotions/units',
  unit: (unit: string) => `/promotions/units/${encodeURIComponent(unit)}`,
  promotion: (unit: string, environment: string) =>
    `/promotions/units/${encodeURIComponent(unit)}/${encodeURIComponent(environment)}`,
};
