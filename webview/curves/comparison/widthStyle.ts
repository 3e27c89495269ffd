import { css } from 'lit';

/** As wide as all columns: nothing to scroll, so that the runs' names can stay in sight. */
const fits = css`
  .comparison-tables {
    overflow: visible;
  }
  .compared thead > tr > * {
    position: sticky;
    top: var(--sticky-top, 0);
    z-index: 2;
  }
`;

/** What the width decides: beside each other, in a frame that is scrolled, or below 640 pixels each row a list of runs. */
export const widthStyle = css`
  @container (min-width: 640px) {
    .runs-2 {
      ${fits}
    }
  }
  @container (min-width: 720px) {
    .runs-3 {
      ${fits}
    }
  }
  @container (min-width: 880px) {
    .runs-4 {
      ${fits}
    }
  }
  /* room for a whole key: train.environment.resume_from_checkpoint */
  @container (min-width: 1000px) {
    .comparison.runs-2 {
      --label: 25em;
    }
  }
  @container (min-width: 1300px) {
    .comparison.runs-3 {
      --label: 25em;
    }
  }
  @container (max-width: 639px) {
    .comparison-tables {
      overflow: visible;
    }
    table.compared,
    .compared tbody,
    .compared tr,
    .compared th[scope='row'],
    .compared td {
      display: block;
      position: static;
      width: auto;
      min-width: 0;
      padding: 0;
      border: 0;
    }
    /* gone for eyes alone: cells still belong to a run */
    .compared thead {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    .compared tr {
      padding: 8px 0;
      border-bottom: 1px solid var(--hair);
    }
    .compared td {
      display: grid;
      grid-template-columns: minmax(8em, 40%) 1fr;
      gap: 0 10px;
      padding: 2px 0 0 4px;
    }
    .compared .row-about > td {
      display: block;
      padding: 0;
    }
    .compared tr:has(+ .row-about) {
      padding-bottom: 2px;
      border-bottom: 0;
    }
    .compared .row-about {
      padding-top: 0;
    }
    .cell-run {
      display: inline-flex;
      min-width: 0;
      color: var(--quiet);
    }
    .cell-run > :last-child {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
  }
`;
