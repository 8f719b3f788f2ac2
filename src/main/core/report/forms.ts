/** What a report can be written as: a page, JSON, or a table. */
export const REPORT_FORMS = ['html', 'json', 'csv'] as const;
export type ReportForm = (typeof REPORT_FORMS)[number];
