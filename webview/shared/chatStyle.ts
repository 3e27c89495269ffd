import { css } from 'lit';

/** A conversation as bubbles: who says what at a glance. */
export const chatStyle = css`
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
  .user .bubble {
    border-radius: 12px 4px 12px 12px;
    background: color-mix(in srgb, var(--accent) 14%, transparent);
  }
  .system .bubble,
  .tool .bubble {
    background: none;
    border-style: dashed;
  }
`;
