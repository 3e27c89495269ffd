import { css } from 'lit';

/** What content lies in: folded parts, text as it is, cards, links, badges. */
export const surfaces = css`
  summary {
    width: fit-content;
    max-width: 100%;
    cursor: pointer;
    color: var(--ink);
    border-radius: 2px;
  }
  details > summary {
    list-style: none;
  }
  details > summary::before {
    content: '';
    display: inline-block;
    width: 6px;
    height: 6px;
    margin: 0 8px 2px 2px;
    border: solid var(--quiet);
    border-width: 0 1.5px 1.5px 0;
    transform: rotate(-45deg);
  }
  details[open] > summary::before {
    transform: rotate(45deg) translate(-1px, -1px);
  }
  details[open] > summary {
    margin-bottom: 8px;
  }
  pre {
    max-height: 24em;
    overflow: auto;
    padding: 8px 10px;
    border: 1px solid var(--hair);
    border-radius: var(--radius);
    background: var(--surface);
    white-space: pre-wrap;
  }
  .card {
    border: 1px solid var(--hair);
    border-radius: var(--radius);
    background: var(--surface);
    padding: 10px 12px;
  }
  .chip {
    display: inline-block;
    padding: 0 6px;
    border: 1px solid var(--hair);
    border-radius: 4px;
    background: var(--surface);
  }
  .link {
    padding: 0;
    border: 0;
    background: none;
    font: inherit;
    text-align: left;
    color: var(--vscode-textLink-foreground, var(--accent));
    cursor: pointer;
  }
  .link:hover {
    color: var(--vscode-textLink-activeForeground, var(--accent));
    text-decoration: underline;
  }
  .badge {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    padding: 0 8px;
    border: 1px solid var(--line);
    border-radius: 10px;
    font-size: max(12px, 0.92em);
    line-height: 18px;
  }
  .badge.good::before,
  .badge.warn::before,
  .badge.bad::before,
  .badge.info::before {
    content: '';
    flex: none;
    width: 7px;
    height: 7px;
    border-radius: 50%;
    background: var(--tone);
  }
  .good {
    --tone: var(--good);
  }
  .warn {
    --tone: var(--warn);
  }
  .bad {
    --tone: var(--bad);
  }
  .info {
    --tone: var(--accent);
  }
`;
