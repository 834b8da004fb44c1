import { defineTexts } from '../i18n/texts.ts';

/** What the roles of those who use the server are called, as within a sentence. */
export const roleTexts = defineTexts(
  'role',
  {
    admin: 'admin',
    manager: 'manager',
    rep: 'sales rep',
    auditor: 'auditor',
    reader: 'reader',
  },
  {
    admin: '管理员',
    manager: '经理',
    rep: '销售代表',
    auditor: '审计员',
    reader: '只读用户',
  },
);
