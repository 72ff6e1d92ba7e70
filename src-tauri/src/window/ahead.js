// What every first page asks, asked before the page itself is read. `ui/src/lib/api/call.ts` takes the answers.
{
  const now = new Date();
  const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map(part => String(part).padStart(2, '0')).join('-');
  const ask = (command, args) => {
    const answer = window.__TAURI_INTERNALS__.invoke(command, args);
    // Whoever takes the answer takes what went wrong as well.
    answer.catch(() => undefined);
    return [`${command} ${JSON.stringify(args)}`, answer];
  };
  window.cairnAhead = Object.fromEntries([ask('vault_info', {}), ask('today', { day })]);
}
