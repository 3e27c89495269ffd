import { css } from 'lit';

export const chat = css`
  .bubble .text {
    max-height: 32em;
    overflow: auto;
    white-space: pre-wrap;
  }
  /* A link's hue is made for the editor's own background, not for a tint. */
  .bubble .more {
    color: var(--ink);
    text-decoration: underline;
  }
  .calls {
    display: flex;
    flex-direction: column;
    gap: 6px;
    margin: 4px 0;
  }
  .calls pre {
    padding: 6px 8px;
  }
  .further {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    margin: 2px 0;
  }
`;
