/**
 * What this process's Node has and Node 22, on which real tenants run, does not: read off Node 22.23 and 24.21. A script
 * that uses it fails on a tenant, so it has to fail here.
 */
export const absentInNode22: readonly string[] = [
  ...[
    'AsyncDisposableStack',
    'DisposableStack',
    'SuppressedError',
    'Float16Array',
    'CloseEvent',
    'URLPattern',
  ],
  ...[
    'Promise.try',
    'RegExp.escape',
    'Error.isError',
    'Math.f16round',
    'Atomics.pause',
    'Intl.DurationFormat',
  ],
  ...['DataView.prototype.getFloat16', 'DataView.prototype.setFloat16'],
  ...['WebAssembly.SuspendError', 'WebAssembly.Suspending', 'WebAssembly.promising'],
];

/** Removes from a realm what Node 22 does not have. */
export const hideFrom = (realm: object): void => {
  for (const path of absentInNode22) {
    const names = path.split('.');
    const last = names.pop() as string;
    const owner = names.reduce<unknown>((value, name) => (value as Record<string, unknown>)?.[name], realm);
    if (owner !== undefined) Reflect.deleteProperty(owner as object, last);
  }
};
