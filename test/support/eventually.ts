/** Repeats an assertion until it holds, for things that happen soon but not at once. */
export async function eventually(assertion: () => void | Promise<void>, limitMs = 5000): Promise<void> {
  const until = Date.now() + limitMs;
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}
