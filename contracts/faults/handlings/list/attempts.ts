import { type Handling, handling } from '../handling.ts';

const retry = 'call/retry.ts';
const budget = 'call/budget.ts';
const refusal = 'refusal.ts';
const options = 'policy.ts';

/** What is tried again, when, and until when. */
export const attempts: Readonly<Record<string, Handling>> = {
  'reads-retry-network-faults': handling(
    'reads again when no whole answer came',
    retry,
    'fault instanceof NetworkError || passing.test(',
    'passing.test(',
  ),
  'reads-retry-passing-refusals': handling(
    'reads again after 408, 429, 500, 502, 503, 504, 520 to 524 and 530',
    retry,
    ' || passing.test(String(fault.status))',
    '',
  ),
  'lasting-refusals-are-final': handling(
    'does not read again what would be refused again',
    retry,
    'passing.test(String(fault.status))',
    '(fault.status ?? 0) >= 400',
  ),
  'refused-connections-did-nothing': handling(
    'knows that a refused connection has changed nothing',
    retry,
    "  'ECONNREFUSED',\n",
    '',
  ),
  'missing-names-did-nothing': handling(
    'knows that a host without an address has changed nothing',
    retry,
    "  'ENOTFOUND',\n",
    '',
  ),
  'failed-look-ups-did-nothing': handling(
    'knows that a failed look-up has changed nothing',
    retry,
    "  'EAI_AGAIN',\n",
    '',
  ),
  'connect-time-outs-did-nothing': handling(
    'knows that a connection that was never accepted has changed nothing',
    retry,
    "  'UND_ERR_CONNECT_TIMEOUT',\n",
    '',
  ),
  'rate-limits-did-nothing': handling(
    'knows that 429 means that nothing was done',
    retry,
    'fault.status === 429 || ',
    '',
  ),
  'tests-are-resent-when-surely-not-run': handling(
    'sends a script test again that surely did not run',
    'client.ts',
    'retry(request, budget, emit, isSurelyNotApplied,',
    'retry(request, budget, emit, () => false,',
  ),
  'tests-are-not-resent': handling(
    'does not send a script test again that may have run',
    'client.ts',
    'retry(request, budget, emit, isSurelyNotApplied,',
    'retry(request, budget, emit, () => true,',
  ),
  'pauses-double': handling('waits twice as long each time', retry, 'base * 2 ** (count - 1)', 'base'),
  'pauses-are-limited': handling(
    'waits no longer than retry.maxDelay',
    retry,
    "Math.min(policy['retry.maxDelay'], base * 2 ** (count - 1))",
    'base * 2 ** (count - 1)',
  ),
  'rate-limits-have-their-pause': handling(
    'waits longer after 429',
    retry,
    "fault.status === 429 ? policy['retry.rateLimitDelay'] : policy['retry.delay']",
    "policy['retry.delay']",
  ),
  'retry-after-is-obeyed': handling(
    'comes back no earlier than Retry-After says',
    retry,
    'Math.max(jitter, fault.retryAfter ?? 0)',
    'jitter',
  ),
  'retry-after-dates-are-the-servers': handling(
    "reads a date in Retry-After by the server's clock",
    refusal,
    'Number.isNaN(now) ? Date.now() : now',
    'Date.now()',
  ),
  'retry-after-is-checked': handling(
    'ignores a Retry-After that is neither seconds nor a date',
    refusal,
    'Number.isNaN(wait) ? undefined : ',
    '',
  ),
  'waits-that-do-not-fit-are-not-begun': handling(
    'fails at once when a wait would be longer than the time that is left',
    retry,
    'if (delay >= budget.end - performance.now()) throw error;',
    '',
  ),
  'attempts-are-limited-in-time': handling(
    'gives an attempt no longer than attemptTimeout',
    budget,
    'Math.min(rest, policy[limit], longestTimer)',
    'Math.min(rest, longestTimer)',
  ),
  'attempts-have-their-time': handling(
    'gives an attempt 30 seconds',
    options,
    'attemptTimeout: 30_000,',
    'attemptTimeout: 5_000,',
  ),
  'calls-are-limited-in-time': handling(
    'gives a call no longer than totalTimeout',
    budget,
    'performance.now() + policy.totalTimeout',
    'Number.POSITIVE_INFINITY',
  ),
  'options-are-heeded': handling('does as the options say', options, 'policy[name] = value;', ''),
  'options-of-a-call-win': handling(
    'does as the options of a call say',
    'client.ts',
    'policyOf(policy, call)',
    'policyOf(policy, {})',
  ),
};
