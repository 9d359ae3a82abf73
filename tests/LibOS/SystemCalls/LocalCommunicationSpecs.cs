using Disguise.Actors.Execution;
using Disguise.Actors.Islands;
using Disguise.Actors.Time;
using Disguise.Kernels.Monolithic.SystemCalls;
using Disguise.Kernels.Profiles;
using Disguise.LibOS.Applications;
using Xunit;

namespace Disguise.LibOS.Tests.SystemCalls;

/// <summary>Processes of a monolithic kernel talk by pipes and by shared memory.</summary>
public class LocalCommunicationSpecs
{
    [Theory]
    [InlineData(CommunicationKind.Pipe, 1, 4)]
    [InlineData(CommunicationKind.Pipe, 2, 4)]
    [InlineData(CommunicationKind.Pipe, 1, 1)]
    [InlineData(CommunicationKind.Pipe, 1, 4_096)]
    [InlineData(CommunicationKind.Pipe, 2, 10_001)]
    [InlineData(CommunicationKind.SharedMemory, 1, 4)]
    [InlineData(CommunicationKind.SharedMemory, 2, 4)]
    public void A_counter_goes_to_and_fro_until_one_closes(
        CommunicationKind kind, int cores, int messageBytes)
    {
        const int Rounds = 50;
        var counter = 0u;
        var served = 0L;
        using var world = new ProcessWorld(cores)
            .Process(async (host, _) =>
            {
                var conversation = await host.Communication!.Connect(kind, messageBytes);
                for (var round = 0; round < Rounds; round++)
                    counter = await conversation!.Ask(counter) ?? throw Broken();
                await conversation!.Close();
            })
            .Process(async (host, _) =>
            {
                var conversation = await host.Communication!.Accept(kind, messageBytes);
                served = await conversation!.Serve(word => word + 1);
            })
            .Start();
        world.Run(100 * Picoseconds.PerMillisecond);

        Assert.Equal((uint)Rounds, counter);
        Assert.Equal(Rounds, served);
        Assert.Equal(0, world.Kernel.ProcessCount);
        world.AssertDrained();
    }

    [Theory]
    [InlineData(CommunicationKind.Pipe)]
    [InlineData(CommunicationKind.SharedMemory)]
    public void Pairs_do_not_mix(CommunicationKind kind)
    {
        const int Pairs = 5;
        var world = new ProcessWorld(2);
        var answers = new List<(uint Said, uint Heard)>();
        for (var pair = 0; pair < Pairs; pair++)
        {
            var said = 100u * (uint)pair;
            world.Process(async (host, _) =>
            {
                var conversation = await host.Communication!.Connect(kind);
                for (var round = 0u; round < 20; round++)
                    answers.Add((said + round, await conversation!.Ask(said + round) ?? 0));
                await conversation!.Close();
            });
            world.Process(async (host, _) =>
            {
                var conversation = await host.Communication!.Accept(kind);
                await conversation!.Serve(word => word + 7);
            });
        }

        using var running = world.Start();
        running.Run(100 * Picoseconds.PerMillisecond);
        Assert.Equal(Pairs * 20, answers.Count);
        Assert.All(answers, answer => Assert.Equal(answer.Said + 7, answer.Heard));
        Assert.Equal(0, running.Kernel.ProcessCount);
        running.AssertDrained();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Whoever_talks_to_a_process_that_crashes_finds_the_end_of_the_file(
        bool isAnswererCrashing)
    {
        uint? heard = 1;
        var served = -1L;
        using var world = new ProcessWorld()
            .Process(async (host, _) =>
            {
                var conversation = await host.Communication!.Connect(CommunicationKind.Pipe);
                heard = await conversation!.Ask(5);
                if (!isAnswererCrashing)
                    throw Broken();
                heard = await conversation.Ask(6);
            })
            .Process(async (host, _) =>
            {
                var conversation = await host.Communication!.Accept(CommunicationKind.Pipe);
                served = await conversation!.Serve(
                    word => isAnswererCrashing && word == 6 ? throw Broken() : word);
            })
            .Start();
        world.Run(20 * Picoseconds.PerMillisecond);

        Assert.Equal(isAnswererCrashing ? null : 5u, heard);
        Assert.Equal(isAnswererCrashing ? -1 : 1, served);
        Assert.Equal(0, world.Kernel.ProcessCount);
        world.AssertDrained();
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        var errors = new List<ErrorNumber>();
        using var world = new ProcessWorld().Process(async (host, sockets) =>
        {
            var gate = sockets.Gate;
            await Try(SystemCallNumber.Open, 1, 2);
            await Try(SystemCallNumber.Open, 1, 0);
            var reading = gate.ReturnValue;
            await Try(SystemCallNumber.Open, 1, 0);
            await Try(SystemCallNumber.Write, reading, 0, 4);
            await Try(SystemCallNumber.Read, reading, 0, 0);
            await Try(SystemCallNumber.Open, 1, 1);
            await Try(SystemCallNumber.Write, gate.ReturnValue, 1L << 46, 4);
            await Try(SystemCallNumber.Kill, 99, 10);
            await Try(SystemCallNumber.Kill, 0, 64);
            await Try(SystemCallNumber.SharedMemoryGet, 1, 1L << 40);
            await Try(SystemCallNumber.SharedMemoryAttach, 0);

            async EmulatedTask Try(
                SystemCallNumber number, long first, long second = 0, long third = 0)
            {
                await gate.Call(number, first, second, third);
                errors.Add(gate.Error);
            }
        }).Start();
        world.Run();

        Assert.Equal(
            [
                ErrorNumber.InvalidArgument, ErrorNumber.None, ErrorNumber.Busy,
                ErrorNumber.BadDescriptor, ErrorNumber.InvalidArgument, ErrorNumber.None,
                ErrorNumber.BadAddress, ErrorNumber.NoProcess, ErrorNumber.InvalidArgument,
                ErrorNumber.InvalidArgument, ErrorNumber.InvalidArgument,
            ],
            errors);
        world.AssertDrained();
    }

    [Fact]
    public void A_full_pipe_holds_its_writer_until_somebody_reads()
    {
        var written = 0;
        var readBytes = 0L;
        using var world = new ProcessWorld()
            .Process(async (host, sockets) =>
            {
                var gate = sockets.Gate;
                await gate.Call(SystemCallNumber.Open, 9, 1);
                var end = gate.ReturnValue;
                for (; written < 12; written++)
                    await gate.Call(SystemCallNumber.Write, end, FirstAddress, 1_024);
            })
            .Process(async (host, sockets) =>
            {
                var gate = sockets.Gate;
                host.Work(5 * Picoseconds.PerMillisecond);
                await host.Settle();
                Assert.Equal(4, written);
                await gate.Call(SystemCallNumber.Open, 9, 0);
                var end = gate.ReturnValue;
                while (await gate.Call(SystemCallNumber.Read, end, FirstAddress, 4_096)
                    && gate.ReturnValue > 0)
                    readBytes += gate.ReturnValue;
            })
            .Start();
        world.Run(20 * Picoseconds.PerMillisecond);

        Assert.Equal(12, written);
        Assert.Equal(12 * 1_024, readBytes);
        world.AssertDrained();
    }

    [Fact]
    public void A_read_to_a_bad_address_loses_nothing()
    {
        var error = ErrorNumber.None;
        var read = 0L;
        using var world = new ProcessWorld().Process(async (_, sockets) =>
        {
            var gate = sockets.Gate;
            await gate.Call(SystemCallNumber.Open, 3, 1);
            await gate.Call(SystemCallNumber.Write, gate.ReturnValue, FirstAddress, 100);
            await gate.Call(SystemCallNumber.Open, 3, 0);
            var end = gate.ReturnValue;
            await gate.Call(SystemCallNumber.Read, end, 1L << 46, 100);
            error = gate.Error;
            await gate.Call(SystemCallNumber.Read, end, FirstAddress, 4_096);
            read = gate.ReturnValue;
        }).Start();
        world.Run();

        Assert.Equal(ErrorNumber.BadAddress, error);
        Assert.Equal(100, read);
        world.AssertDrained();
    }

    [Fact]
    public void Bytes_come_out_of_a_pipe_no_sooner_than_their_writer_has_copied_them()
    {
        var seen = 0;
        for (var delayPs = 0L; delayPs < 4 * Picoseconds.PerMicrosecond; delayPs += 50_000)
        {
            var writtenPs = 0L;
            var readPs = 0L;
            using var world = new ProcessWorld(2)
                .Process(async (host, sockets) =>
                {
                    var gate = sockets.Gate;
                    await gate.Call(SystemCallNumber.Open, 9, 1);
                    var end = gate.ReturnValue;
                    await Until(host, Picoseconds.PerMillisecond);
                    await gate.Call(SystemCallNumber.Write, end, FirstAddress, 4_096);
                    await host.Settle();
                    writtenPs = host.ClockPs;
                })
                .Process(async (host, sockets) =>
                {
                    var gate = sockets.Gate;
                    await gate.Call(SystemCallNumber.Open, 9, 0);
                    var end = gate.ReturnValue;
                    await Until(host, Picoseconds.PerMillisecond + delayPs);
                    await gate.Call(SystemCallNumber.Read, end, FirstAddress, 4_096);
                    await host.Settle();
                    readPs = host.ClockPs;
                })
                .Start();
            world.Run(5 * Picoseconds.PerMillisecond);

            var copyPs = 4_096 * world.Costs.Of(LocalCommunicationCosts.PipeByte);
            Assert.True(writtenPs > 0);
            Assert.True(readPs - Picoseconds.PerMillisecond >= 2 * copyPs);
            seen++;
        }

        Assert.Equal(80, seen);
    }

    [Fact]
    public void Shared_memory_that_is_smaller_than_was_asked_for_is_not_attached()
    {
        var errors = new List<ErrorNumber>();
        using var world = new ProcessWorld(2)
            .Process(async (host, sockets) =>
            {
                await sockets.Gate.Call(SystemCallNumber.SharedMemoryGet, 5, 1);
                Assert.Equal(0, sockets.Gate.ReturnValue);
                await Until(host, 3 * Picoseconds.PerMillisecond);
            })
            .Process(async (host, sockets) =>
            {
                await Until(host, 2 * Picoseconds.PerMillisecond);
                await sockets.Gate.Call(SystemCallNumber.SharedMemoryGet, 5, 2);
                errors.Add(sockets.Gate.Error);
                await sockets.Gate.Call(SystemCallNumber.SharedMemoryAttach, 0);
                errors.Add(sockets.Gate.Error);
            })
            .Start();
        world.Run(5 * Picoseconds.PerMillisecond);

        Assert.Equal([ErrorNumber.InvalidArgument, ErrorNumber.InvalidArgument], errors);
        world.AssertDrained();
    }

    private const long FirstAddress = 0x400L << 12;

    private static async EmulatedTask Until(ApplicationHost host, long atPs)
    {
        await host.Settle();
        host.Work(atPs - host.ClockPs);
        await host.Settle();
    }

    private static ComponentFailureException Broken() => new("a test's");
}
