import { css } from 'lit';

/** Headings, choices, and how a run is marked. */
export const frameStyle = css`
  .comparison {
    --label: 17em;
    --column: 11em;
    display: flex;
    flex-direction: column;
    gap: 22px;
    min-width: 0;
    container-type: inline-size;
  }
  .comparison h2,
  .comparison h3 {
    margin: 0;
    font-weight: 600;
  }
  .comparison h2 {
    font-size: 1.25em;
  }
  .comparison h3 {
    font-size: 1.08em;
  }
  .comparison-head,
  .comparison-controls,
  .compared-title {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px 16px;
  }
  .comparison-head {
    justify-content: space-between;
    padding-top: 14px;
    border-top: 1px solid var(--line);
  }
  .compared-title {
    align-items: baseline;
    position: sticky;
    left: 0;
    width: fit-content;
    max-width: 100cqw;
    padding-bottom: 4px;
  }
  .comparison-tables {
    display: flex;
    flex-direction: column;
    gap: 22px;
    overflow-x: auto;
  }
  .compared-section {
    min-width: 0;
  }
  .compared-caution {
    position: sticky;
    left: 0;
    max-width: min(100cqw, 70em);
    margin: 4px 0 8px;
  }
  .run-key,
  .cell-run {
    display: inline-flex;
    align-items: baseline;
    gap: 7px;
    max-width: 100%;
  }
  .compared-run {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    line-clamp: 2;
    overflow: hidden;
    overflow-wrap: anywhere;
    font-weight: 600;
  }
  .run-mark {
    flex: none;
    width: 12px;
    height: 12px;
    transform: translateY(1px);
  }
  .run-mark svg {
    display: block;
    fill: var(--run);
  }
`;
