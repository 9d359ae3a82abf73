using System.Globalization;
using Disguise.Hardware.Wire;

namespace Disguise.Host.Calibration;

/// <summary>What one core does by itself: entering the kernel, looking at memory, copying.
/// </summary>
internal static unsafe class CoreMeasurements
{
    private const int PageBytes = 4_096;
    private const int LineBytes = 64;
    private const int ChasedLines = 8_192;
    private const int ShortBytes = 1_024;
    private const int LongBytes = 8_192;

    /// <summary>In and out of the kernel, without what the call costs by itself.</summary>
    public static Measured SystemCall(Effort effort)
    {
        var call = Repeat.Least(effort, turns =>
        {
            for (var turn = 0; turn < turns; turn++)
                LibC.getppid();
        });
        var nothing = Repeat.Least(effort, turns =>
        {
            for (var turn = 0; turn < turns; turn++)
                LibC.abs(turn);
        });
        return Measured.Difference(
            "system-call", call - nothing,
            $"getppid less abs, both called in the C library; {Least(effort)}");
    }

    /// <summary>One turn of a loop that looks at a line in the first-level cache.</summary>
    public static Measured PollStep(Effort effort)
    {
        var word = 0;
        var time = Repeat.Least(effort, turns =>
        {
            for (var turn = 0; turn < turns && Volatile.Read(ref word) == 0; turn++)
            {
            }
        });
        return Measured.Event(
            "poll-step", time, $"a load that hits and a branch, in a loop; {Least(effort)}");
    }

    /// <summary>
    /// A walk of the page tables: the same number of lines chased in random order, one in each
    /// page, less all of them side by side.
    /// </summary>
    public static Measured PageWalk(Effort effort)
    {
        const string method = "8,192 lines in random order, a page each, less side by side";
        const nint size = (nint)ChasedLines * PageBytes;
        var memory = LibC.mmap(
            0, size, LibC.ReadWrite, LibC.PrivateAnonymous, -1, 0);
        if (memory == (byte*)-1)
            return Measured.Event("page-walk", null, "the system gave no memory for it");
        try
        {
            LibC.madvise(memory, size, LibC.NoHugePages);
            var apart = Chase(memory, effort, PageBytes);
            var together = Chase(memory, effort, LineBytes);
            return Measured.Difference(
                "page-walk", apart - together, $"{method}; {Least(effort)}");
        }
        finally
        {
            LibC.munmap(memory, size);
        }
    }

    /// <summary>Copying a byte, without the start of the copy.</summary>
    public static Measured CopyByte(Effort effort)
    {
        var source = new byte[LongBytes];
        var target = new byte[LongBytes];
        double Of(int bytes) => Repeat.Least(effort, turns =>
        {
            for (var turn = 0; turn < turns; turn++)
                source.AsSpan(0, bytes).CopyTo(target);
        });
        return Slope("copy-byte", effort, Of);
    }

    /// <summary>Summing a byte for the Internet checksum, without the start of the sum.
    /// </summary>
    public static Measured ChecksumByte(Effort effort)
    {
        var source = new byte[LongBytes];
        var sum = 0;
        double Of(int bytes) => Repeat.Least(effort, turns =>
        {
            for (var turn = 0; turn < turns; turn++)
                sum ^= InternetChecksum.Compute(source.AsSpan(0, bytes));
        });
        var slope = Slope("checksum-byte", effort, Of);
        GC.KeepAlive(sum);
        return slope;
    }

    private static Measured Slope(string name, Effort effort, Func<int, double> time) =>
        Measured.Difference(
            name, (time(LongBytes) - time(ShortBytes)) / (LongBytes - ShortBytes),
            string.Create(
                CultureInfo.InvariantCulture,
                $"{LongBytes:#,0} bytes less {ShortBytes:#,0}, by the byte; {Least(effort)}"),
            "ns/B");

    /// <summary>Nanoseconds of one step from line to line.</summary>
    private static double Chase(byte* memory, Effort effort, int stride)
    {
        // Lines of neighbouring pages stand at different places, so that they share no cache set.
        byte* At(int line) => stride == LineBytes ? memory + (line * LineBytes)
            : memory + ((nint)line * PageBytes) + (line % (PageBytes / LineBytes) * LineBytes);

        // Sattolo's algorithm: one cycle through all lines (Information Processing Letters 22(6),
        // 1986). The draws are the same each time.
        var order = Enumerable.Range(0, ChasedLines).ToArray();
        var random = new Experiments.Addresses.SplitMix64(1);
        for (var line = ChasedLines - 1; line > 0; line--)
        {
            var other = (int)random.Below((ulong)line);
            (order[line], order[other]) = (order[other], order[line]);
        }

        for (var line = 0; line < ChasedLines; line++)
            *(nint*)At(order[line]) = (nint)At(order[(line + 1) % ChasedLines]);
        var at = (nint)memory;
        return Repeat.Least(effort, turns =>
        {
            var next = at;
            for (var turn = 0; turn < turns; turn++)
                next = *(nint*)next;
            at = next;
        });
    }

    private static string Least(Effort effort) => string.Create(
        CultureInfo.InvariantCulture,
        $"least of {effort.Repetitions} times {effort.Calls:#,0}");
}
