import { css } from 'lit';

export const chat = css`
  .chat {
    display: flex;
    flex-direction: column;
    gap: 8px;
    width: 100%;
  }
  .message {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    max-width: 92%;
  }
  .message.user {
    align-self: flex-end;
    align-items: flex-end;
  }
  .role {
    font-size: max(12px, 0.92em);
  }
  .bubble {
    max-width: 100%;
    padding: 5px 11px;
    border: 1px solid var(--hair);
    border-radius: 4px 12px 12px 12px;
    background: color-mix(in srgb, var(--good) 14%, transparent);
  }
  .bubble .text {
    max-height: 32em;
    overflow: auto;
    white-space: pre-wrap;
  }
  .user .bubble {
    border-radius: 12px 4px 12px 12px;
    background: color-mix(in srgb, var(--accent) 14%, transparent);
  }
  .system .bubble,
  .tool .bubble {
    background: none;
    border-style: dashed;
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
