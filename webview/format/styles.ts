import { base } from '../shared/baseStyle';
import { chatStyle } from '../shared/chatStyle';
import { notices } from '../shared/notices';
import { surfaces } from '../shared/surfaces';
import { chat } from './styles/chat';
import { fields } from './styles/fields';
import { layout } from './styles/layout';
import { preview } from './styles/preview';
import { report } from './styles/report';

export const styles = [base, surfaces, notices, layout, fields, preview, chatStyle, chat, report];
