import { css } from 'lit';
import { answersStyle } from './answersStyle';
import { frameStyle } from './frameStyle';
import { tableStyle } from './tableStyle';
import { widthStyle } from './widthStyle';

export const comparisonStyle = css`
  ${frameStyle}
  ${tableStyle}
  ${answersStyle}
  ${widthStyle}
`;
