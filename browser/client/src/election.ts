/**
 * Elects one tab as leader, by a lock of the browser, which gives it to the next one that waits when the tab that has it
 * is closed or crashes.
 *
 * @param name of the lock
 * @param life ends it
 * @param lead this tab leads from now on
 * @param resign another leads
 * @param giveUp there are no locks here, and so no leader
 * @returns takes the lock away from a leader that is frozen or hangs
 */
export function stand(name: string, life: AbortSignal, lead: () => void, resign: () => void, giveUp: () => void): () => void {
  const locks = globalThis.navigator?.locks;

  const request = async (options: LockOptions): Promise<void> => {
    let isOver = false;
    const reign = async (): Promise<void> => {
      // The lock may be stolen before this tab hears that it has it.
      if (!isOver && !life.aborted) {
        lead();
        await new Promise((resolve) => life.addEventListener('abort', resolve));
      }
    };
    try {
      await locks!.request(name, options, reign);
    } catch (failure) {
      isOver = true;
      resign();
      if ((failure as Error).name !== 'AbortError') {
        giveUp();
      } else if (options.signal && !life.aborted) {
        void request(options);
      }
    }
  };

  void request({ signal: life });
  return () => void request({ steal: true });
}
