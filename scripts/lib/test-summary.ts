interface VitestReport {
  numPassedTests: number
  numFailedTests: number
  testResults: { status: string; assertionResults: unknown[] }[]
}

/** Counts a test file that could not even be loaded as one failure: it has no tests that could fail. */
export function testSummary(report: VitestReport): string {
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  )
  return `${report.numPassedTests} passed, ${report.numFailedTests + brokenFiles.length} failed`
}
