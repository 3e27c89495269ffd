import { css } from 'lit';

export const notices = css`
  .notice {
    padding: 7px 12px;
    border: 1px solid var(--vscode-contrastBorder, color-mix(in srgb, var(--tone) 35%, transparent));
    border-left: 3px solid var(--tone);
    border-radius: 4px;
    background: color-mix(in srgb, var(--tone) 8%, transparent);
  }
  .notice.bad,
  .notice.asked {
    padding: 10px 14px;
    margin-bottom: 14px;
  }
  .warnings .notice.bad {
    margin: 0;
  }
  .notice > * + * {
    margin-top: 6px;
  }
  .notice-title {
    display: block;
    font-weight: 600;
  }
  .remedies {
    padding-left: 18px;
    list-style: disc;
  }
  .warnings {
    display: flex;
    flex-direction: column;
    gap: 6px;
  }
  .body + .warnings {
    margin-top: 14px;
  }
  .warnings .notice {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 2px 16px;
  }
  .warnings .notice > * {
    margin: 0;
  }
`;
