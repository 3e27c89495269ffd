import { css } from 'lit';

export const answers = css`
  .question {
    display: flex;
    flex-direction: column;
    gap: 8px;
    padding-top: 12px;
    border-top: 1px solid var(--hair);
  }
  .prompt {
    font-size: 1.08em;
    white-space: pre-wrap;
  }
  .reference {
    padding-left: 10px;
    border-left: 2px solid var(--line);
  }
  .reference q {
    quotes: none;
    white-space: pre-wrap;
  }
  .mode {
    display: grid;
    grid-template-columns: 6.5em 1fr;
    gap: 10px;
  }
  .mode-name {
    align-self: start;
    justify-self: start;
    margin-top: 10px;
  }
  .pair {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 10px;
  }
  .answer {
    display: flex;
    flex-direction: column;
    gap: 6px;
    min-width: 0;
  }
  .answer h5 {
    color: var(--quiet);
    font-size: max(12px, 0.92em);
    font-weight: normal;
  }
  .answer.tuned {
    border-left: 3px solid var(--good);
  }
  .answer.base {
    border-left: 3px solid var(--track);
  }
  .answer .text {
    max-height: 24em;
    overflow: auto;
    font-size: 1.08em;
    white-space: pre-wrap;
  }
  .answer .strip {
    padding: 0;
    border: 0;
    background: none;
  }
  .answer-foot {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
    margin-top: auto;
  }
  @container (max-width: 620px) {
    .pair,
    .mode {
      grid-template-columns: 1fr;
    }
    .mode-name {
      margin-top: 0;
    }
  }
`;
