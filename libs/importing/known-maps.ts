import type { DealsMap, StageHistoryMap } from './import-map.ts';

/**
 * Exports of well-known form. `crm-sales` is the four files of Maven Analytics' CRM Sales Opportunities: deals with
 * teams, products and accounts beside them; an open deal's amount is its product's list price.
 */
export const crmSalesMap: DealsMap = {
  pipeline: {
    id: 'crm-sales',
    name: 'CRM sales',
    stages: [
      {
        id: 'prospecting',
        name: 'Prospecting',
        nameZh: '潜在客户开发',
        successRate: 5_000,
        expectedDuration: { count: 1, unit: 'months' },
        requires: [],
      },
      {
        id: 'engaging',
        name: 'Engaging',
        nameZh: '商务接触',
        successRate: 6_300,
        expectedDuration: { count: 2, unit: 'months' },
        requires: [],
        rottingAfterDays: 120,
      },
    ],
  },
  dateFormats: ['yyyy-MM-dd'],
  timeZone: 'UTC',
  currency: 'USD',
  columns: {
    id: 'opportunity_id',
    customer: 'account',
    owner: 'sales_agent',
    team: 'manager',
    region: 'regional_office',
    product: 'product',
    amount: 'sales_price',
    wonAmount: 'close_value',
    stage: 'deal_stage',
    openedAt: 'engage_date',
    endedAt: 'close_date',
  },
  stages: {
    Prospecting: { stage: 'prospecting' },
    Engaging: { stage: 'engaging' },
    Won: { stage: 'engaging', outcome: 'won' },
    Lost: { stage: 'engaging', outcome: 'lost' },
  },
  values: { product: { GTXPro: 'GTX Pro' }, sector: { technolgy: 'technology' } },
  lookups: [
    {
      file: 'sales_teams.csv',
      key: 'sales_agent',
      by: 'sales_agent',
      take: { manager: 'manager', regional_office: 'regional_office' },
    },
    { file: 'products.csv', key: 'product', by: 'product', take: { sales_price: 'sales_price', series: 'series' } },
    { file: 'accounts.csv', key: 'account', by: 'account', take: { sector: 'sector', office: 'office_location' } },
  ],
  attributes: { sector: 'sector', office: 'office', series: 'series' },
};

/** `salesforce-history` is Salesforce's Opportunity and Opportunity History as exported with day-first dates. */
export const salesforceHistoryMap: StageHistoryMap = {
  pipeline: {
    id: 'salesforce',
    name: 'Salesforce',
    stages: [
      ['prospecting', 'Prospecting', '潜在客户开发', 1_000, 1],
      ['qualification', 'Qualification', '资格确认', 3_000, 1],
      ['value-proposition', 'Value Proposition', '价值主张', 5_000, 1],
      ['negotiation-review', 'Negotiation/Review', '谈判审查', 9_000, 1],
    ].map(([id, name, nameZh, successRate, months]) => ({
      id: id as string,
      name: name as string,
      nameZh: nameZh as string,
      successRate: successRate as number,
      expectedDuration: { count: months as number, unit: 'months' },
      requires: [],
      rottingAfterDays: 90,
    })),
  },
  dateFormats: ['dd/MM/yyyy', 'dd/MM/yyyy HH:mm'],
  timeZone: 'UTC',
  columns: { id: 'OppID', stage: 'StageName', at: 'CreatedDate' },
  stages: {
    Prospecting: { stage: 'prospecting' },
    Qualification: { stage: 'qualification' },
    'Value Proposition': { stage: 'value-proposition' },
    'Negotiation/Review': { stage: 'negotiation-review' },
    'Closed Won': { outcome: 'won' },
    'Closed Lost': { outcome: 'lost' },
  },
  deals: {
    file: 'Opportunity.csv',
    currency: 'USD',
    columns: {
      id: 'Id',
      title: 'Name',
      customer: 'AccountId',
      owner: 'OwnerId',
      amount: 'Amount',
      stage: 'StageName',
      openedAt: 'CreatedDate',
      expectedCloseDate: 'CloseDate',
      campaign: 'CampaignId',
      competitor: 'MainCompetitors__c',
    },
    attributes: { nextStep: 'NextStep', leadSource: 'LeadSource', type: 'Type' },
  },
};
