using System.Runtime.ExceptionServices;

namespace Disguise.Host.Calibration;

/// <summary>The processors that this process may run on, and threads held to one of them.
/// </summary>
internal static unsafe class Processors
{
    private const int MaskWords = 16;
    private const int MaskBytes = MaskWords * sizeof(ulong);

    /// <summary>Their numbers, in order; none where the system does not say.</summary>
    public static IReadOnlyList<int> Allowed()
    {
        var mask = stackalloc ulong[MaskWords];
        var allowed = new List<int>();
        if (LibC.sched_getaffinity(0, MaskBytes, mask) < 0)
            return allowed;
        for (var number = 0; number < MaskBytes * 8; number++)
        {
            if ((mask[number / 64] >> (number % 64) & 1) != 0)
                allowed.Add(number);
        }

        return allowed;
    }

    /// <summary>Holds a thread (0: this one) or another process's to a processor.</summary>
    public static bool TryHold(int thread, int processor)
    {
        var mask = stackalloc ulong[MaskWords];
        new Span<ulong>(mask, MaskWords).Clear();
        mask[processor / 64] = 1UL << (processor % 64);
        return LibC.sched_setaffinity(thread, MaskBytes, mask) == 0;
    }

    /// <summary>
    /// Runs two bodies at the same time on threads of their own, held to processors, and gives
    /// what the first returns.
    /// </summary>
    public static T Pair<T>(int first, Func<T> measured, int second, Action partner)
    {
        var result = default(T);
        ExceptionDispatchInfo? failure = null;
        void Guard(int processor, Action body)
        {
            try
            {
                TryHold(0, processor);
                body();
            }
            catch (Exception cause)
            {
                Interlocked.CompareExchange(
                    ref failure, ExceptionDispatchInfo.Capture(cause), null);
            }
        }

        var threads = new[]
        {
            new Thread(() => Guard(first, () => result = measured())) { IsBackground = true },
            new Thread(() => Guard(second, partner)) { IsBackground = true },
        };
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            thread.Join();
        failure?.Throw();
        return result!;
    }
}
