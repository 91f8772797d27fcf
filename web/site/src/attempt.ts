// What may fail, and must not harm the page.

/** Does something that may fail; on a programmer's machine it says where it failed. */
export const attempt = async (act: () => unknown, where?: Element): Promise<void> => {
  try {
    await act();
  } catch (error) {
    if (location.port) console.warn(error, where);
  }
};
