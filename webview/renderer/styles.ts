import { answers } from './styles/answers';
import { base } from '../shared/baseStyle';
import { curve } from './styles/curve';
import { frame } from './styles/frame';
import { notices } from './styles/notices';
import { surfaces } from './styles/surfaces';
import { tables } from './styles/tables';
import { tokens } from './styles/tokens';

/** Constructable style sheets: they need no 'unsafe-inline'. */
export const styles = [base, frame, surfaces, notices, tables, tokens, curve, answers];
