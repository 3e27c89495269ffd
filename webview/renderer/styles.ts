import { answers } from './styles/answers';
import { base } from '../shared/baseStyle';
import { curve } from './styles/curve';
import { frame } from './styles/frame';
import { chatStyle } from '../shared/chatStyle';
import { notices } from '../shared/notices';
import { problem } from './styles/problem';
import { surfaces } from '../shared/surfaces';
import { tables } from './styles/tables';
import { tipStyle } from '../shared/tip';
import { tokens } from './styles/tokens';

/** Constructable style sheets: they need no 'unsafe-inline'. */
export const styles = [base, frame, surfaces, notices, chatStyle, tables, tokens, tipStyle, curve, answers, problem];
