using System.Diagnostics;
using System.Globalization;
using System.IO.Pipes;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Disguise.Host.Calibration;

/// <summary>What two threads or processes do with each other.</summary>
internal static unsafe class PairMeasurements
{
    /// <summary>
    /// Half a round trip of a byte through two pipes between two threads on one processor: a
    /// system call out, one in, and a switch between them.
    /// </summary>
    public static Measured ThreadSwitch(Effort effort, int processor)
    {
        using var pipes = new PipePair();
        var rounds = Rounds(effort);
        var time = Processors.Pair(
            processor, () => HalfRoundTrip(effort, pipes.ToPartner, pipes.FromPartner),
            processor, () => Answer(rounds, pipes.PartnerReads, pipes.PartnerWrites));
        return Measured.Event(
            "pipe-thread-switch", time,
            $"half a round trip of a byte by pipes, two threads on a core; {Median(effort)}");
    }

    /// <summary>The same with another process, <c>cat</c>, in its own address space.</summary>
    public static Measured ProcessSwitch(Effort effort, int processor)
    {
        const string name = "pipe-process-switch";
        var start = new ProcessStartInfo("cat")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        Process? cat;
        try
        {
            cat = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return Measured.Event(name, null, "there is no program cat");
        }

        using (cat)
        {
            if (cat is null || !Processors.TryHold(cat.Id, processor)
                || cat.StandardInput.BaseStream is not PipeStream input
                || cat.StandardOutput.BaseStream is not PipeStream output)
            {
                cat?.Kill();
                return Measured.Event(name, null, "cat cannot be held to a core");
            }

            var (write, read) = (FileOf(input), FileOf(output));
            var time = Processors.Pair(
                processor, () => HalfRoundTrip(effort, write, read), processor, () => { });
            cat.StandardInput.Close();
            cat.WaitForExit();
            return Measured.Event(
                name, time,
                $"half a round trip of a byte by pipes to cat, on a core; {Median(effort)}");
        }
    }

    /// <summary>
    /// Half a round trip of a line that two cores write in turn: each spins until it is its turn.
    /// </summary>
    public static Measured RemoteLine(Effort effort, int first, int second)
    {
        var line = new TurnLine();
        var rounds = Rounds(effort);
        var time = Processors.Pair(
            first,
            () =>
            {
                var turn = 0;
                return Repeat.Median(effort.Repetitions, effort.Switches, turns =>
                {
                    for (var round = 0; round < turns; round++)
                    {
                        Volatile.Write(ref line.Turn, ++turn);
                        line.Await(-turn);
                    }
                }) / 2;
            },
            second,
            () =>
            {
                for (var turn = 1; turn <= rounds; turn++)
                {
                    line.Await(turn);
                    Volatile.Write(ref line.Turn, -turn);
                }
            });
        return Measured.Event(
            "remote-line", time,
            $"half a round trip of a line that two cores write in turn; {Median(effort)}");
    }

    /// <summary>
    /// From a <c>futex</c> call on one core until the thread that slept on another runs: half a
    /// round trip.
    /// </summary>
    public static Measured FutexWakeUp(Effort effort, int first, int second)
    {
        const string name = "futex-wake-up";
        if (LibC.FutexNumber is not { } number)
            return Measured.Event(name, null, "the number of futex is not known here");
        const int lineWords = 16;
        var mine = (int*)NativeMemory.AllocZeroed(2 * lineWords * sizeof(int));
        var others = mine + lineWords;
        var rounds = Rounds(effort);
        void Tell(int* word)
        {
            Volatile.Write(ref Unsafe.AsRef<int>(word), 1);
            LibC.futex(number, word, LibC.FutexWakePrivate, 1, 0);
        }

        void Sleep(int* word)
        {
            while (Interlocked.Exchange(ref Unsafe.AsRef<int>(word), 0) == 0)
                LibC.futex(number, word, LibC.FutexWaitPrivate, 0, 0);
        }

        try
        {
            var time = Processors.Pair(
                first,
                () => Repeat.Median(effort.Repetitions, effort.Switches, turns =>
                {
                    for (var round = 0; round < turns; round++)
                    {
                        Tell(others);
                        Sleep(mine);
                    }
                }) / 2,
                second,
                () =>
                {
                    for (var round = 0; round < rounds; round++)
                    {
                        Sleep(others);
                        Tell(mine);
                    }
                });
            return Measured.Event(
                name, time, $"half a round trip by futex between two cores; {Median(effort)}");
        }
        finally
        {
            NativeMemory.Free(mine);
        }
    }

    /// <summary>Turns in all: one repetition before those that count.</summary>
    private static int Rounds(Effort effort) => (effort.Repetitions + 1) * effort.Switches;

    private static double HalfRoundTrip(Effort effort, int write, int read) =>
        Repeat.Median(effort.Repetitions, effort.Switches, turns =>
        {
            byte letter = 1;
            for (var turn = 0; turn < turns; turn++)
            {
                Require(LibC.write(write, &letter, 1));
                Require(LibC.read(read, &letter, 1));
            }
        }) / 2;

    private static void Answer(int rounds, int read, int write)
    {
        byte letter = 0;
        for (var round = 0; round < rounds; round++)
        {
            Require(LibC.read(read, &letter, 1));
            Require(LibC.write(write, &letter, 1));
        }
    }

    private static void Require(nint moved)
    {
        if (moved != 1)
            throw new InvalidOperationException($"a pipe moved {moved} bytes instead of one");
    }

    private static int FileOf(PipeStream pipe) => (int)pipe.SafePipeHandle.DangerousGetHandle();

    private static string Median(Effort effort) => string.Create(
        CultureInfo.InvariantCulture,
        $"median of {effort.Repetitions} times {effort.Switches:#,0}");

    /// <summary>A line of its own for the number of the turn.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private sealed class TurnLine
    {
        [FieldOffset(128)]
        public int Turn;

        /// <summary>
        /// Spins; gives the core away after long, as both may have to share one.
        /// </summary>
        public void Await(int turn)
        {
            const int longSpin = 100_000;
            for (var spin = 1; Volatile.Read(ref Turn) != turn; spin++)
            {
                if (spin % longSpin == 0)
                    Thread.Yield();
            }
        }
    }

    /// <summary>Two pipes, one for each direction.</summary>
    private sealed class PipePair : IDisposable
    {
        private readonly int[] ends = new int[4];

        public PipePair()
        {
            fixed (int* first = ends)
            {
                if (LibC.pipe(first) != 0 || LibC.pipe(first + 2) != 0)
                    throw new SurroundingsRefuseException("the system gives no pipe");
            }
        }

        public int PartnerReads => ends[0];

        public int ToPartner => ends[1];

        public int FromPartner => ends[2];

        public int PartnerWrites => ends[3];

        public void Dispose()
        {
            foreach (var end in ends)
                _ = LibC.close(end);
        }
    }
}
