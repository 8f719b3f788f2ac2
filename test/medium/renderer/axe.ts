import axe from 'axe-core';
import type { Page } from 'playwright-core';

/**
 * Runs axe in the page, which may be under a content security policy.
 *
 * @returns what is serious or critical of WCAG 2.2 A and AA and of axe's best practices, as lines to read
 */
export const seriousViolations = (page: Page): Promise<string[]> =>
  violations(page, ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']);

/** As `seriousViolations`, of what colours alone decide: for a page that was judged in other colours. */
export const colourViolations = (page: Page): Promise<string[]> =>
  violations(page, { type: 'rule', values: ['color-contrast', 'link-in-text-block'] });

async function violations(page: Page, runOnly: string[] | axe.RunOnly): Promise<string[]> {
  // Entrance transitions dim text for a moment; what is judged is the screen at rest.
  await page.waitForFunction(() => document.getAnimations().every((each) => each.playState !== 'running'));
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const results = await page.evaluate(
    (wanted) =>
      (window as unknown as { axe: typeof axe }).axe.run(document, { runOnly: wanted, resultTypes: ['violations'] }),
    runOnly,
  );
  return results.violations
    .filter((violation) => violation.impact === 'serious' || violation.impact === 'critical')
    .map(({ id, help, nodes }) => {
      const where = nodes.slice(0, 3).map((node) => `${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`);
      return `${id}: ${help}: ${where.join(' | ')}`;
    });
}
