import { css } from 'lit';

/** Answers side by side, and the words that differ. */
export const answersStyle = css`
  .compared-question {
    display: flex;
    flex-direction: column;
    gap: 8px;
    padding: 12px 0;
    border-bottom: 1px solid var(--hair);
  }
  .compared-question:last-child {
    border-bottom: 0;
  }
  .compared-prompt {
    font-size: 1.08em;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .compared-mode {
    display: grid;
    grid-template-columns: auto 1fr;
    align-items: baseline;
    gap: 4px 12px;
    margin-top: 4px;
  }
  .compared-line {
    display: grid;
    grid-template-columns: 7em 1fr;
    gap: 0 10px;
    padding-left: 10px;
    border-left: 2px solid var(--line);
    overflow-wrap: anywhere;
  }
  .compared-answers {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 17em), 1fr));
    gap: 10px;
  }
  .compared-answer {
    display: flex;
    flex-direction: column;
    gap: 6px;
    min-width: 0;
  }
  .compared-answer .text,
  .compared-line .text {
    max-height: 24em;
    overflow: auto;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .compared-answer .answer-foot {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
    margin-top: auto;
  }
  .comparison ins {
    color: var(--ink);
    background: color-mix(in srgb, var(--good) 18%, transparent);
    text-decoration: underline var(--good);
    text-decoration-thickness: 2px;
    text-underline-offset: 3px;
  }
  .comparison del {
    color: var(--quiet);
    text-decoration: line-through;
  }
  .comparison del + ins {
    margin-left: 2px;
  }
`;
