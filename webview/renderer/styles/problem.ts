import { css } from 'lit';

/** Changes that may help, and where a failure was raised. */
export const problem = css`
  .fixes {
    display: flex;
    flex-direction: column;
    gap: 6px;
  }
  .fixes li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 10px;
  }
  .notice > .fixes,
  .notice > .frames,
  .notice > .evidence {
    margin-top: 12px;
  }
  .warning-actions {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 16px;
  }
  .frames {
    display: flex;
    flex-direction: column;
    gap: 6px;
  }
  .frames ol {
    display: flex;
    flex-direction: column;
    gap: 4px;
  }
  .frames details ol {
    margin-top: 4px;
  }
  .frame {
    display: flex;
    flex-direction: column;
    padding-left: 10px;
    border-left: 2px solid var(--line);
  }
  .frame.own {
    border-left-color: var(--accent);
  }
  .frame-place {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 10px;
  }
  .frame-code {
    padding-left: 12px;
    color: var(--quiet);
  }
  .frame.own .frame-place code:first-child {
    font-weight: 600;
  }
  .raised {
    white-space: pre-wrap;
  }
`;
