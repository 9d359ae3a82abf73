using Disguise.Actors.Execution;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.Kernels.Profiles;
using Disguise.LibOS.Applications;
using Disguise.LibOS.ExOS.Ipc;

namespace Disguise.LibOS.Tests.ExOS.Ipc;

/// <summary>Two environments of one machine that talk, and what one does to the other.</summary>
public sealed class ConversationSpecs
{
    private const int Answerer = 0;

    public static TheoryData<CommunicationKind> Kinds() =>
    [
        CommunicationKind.Pipe, CommunicationKind.PipeInlined, CommunicationKind.PipeProtected,
        CommunicationKind.SharedMemory, CommunicationKind.Lrpc, CommunicationKind.TrustedLrpc,
    ];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Words_are_answered_and_closing_is_seen(CommunicationKind kind)
    {
        var answers = new List<uint?>();
        long? served = null;
        using var scene = new IpcScene()
            .With("answerer", async host => served = await Serve(host, kind))
            .With("asker", async host =>
            {
                var conversation = (await host.Communication!.Connect(kind))!;
                for (var word = 10u; word < 13; word++)
                    answers.Add(await conversation.Ask(word));
                await conversation.Close();
            })
            .Run();
        Assert.Equal([20u, 22u, 24u], answers);
        Assert.Equal(3, served);
        Assert.Equal(0, scene.Kernel.EnvironmentCount);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Who_asks_an_environment_that_has_ended_is_told(CommunicationKind kind)
    {
        var answers = new List<uint?>();
        using var scene = new IpcScene()
            .With("answerer", async host =>
            {
                // It accepts, waits a while, and ends without a word.
                var conversation = await host.Communication!.Accept(kind);
                if (conversation is ProcedureServer)
                    await ((Communication)host.Communication).Entry.ReplyAndGoOn(
                        1, new TransferRegisters(ProtectedEntry.Taken));
            })
            .With("asker", async host =>
            {
                var conversation = (await host.Communication!.Connect(kind))!;
                answers.Add(await conversation.Ask(1));
                answers.Add(await conversation.Ask(2));
            })
            .Run(5_000);
        Assert.Equal([null, null], answers);
    }

    [Theory]
    [InlineData(CommunicationKind.Pipe)]
    [InlineData(CommunicationKind.PipeProtected)]
    [InlineData(CommunicationKind.SharedMemory)]
    public void Who_waits_for_an_environment_that_has_ended_is_told(CommunicationKind kind)
    {
        long? served = null;
        using var scene = new IpcScene()
            .With("answerer", async host => served = await Serve(host, kind))
            .With("asker", async host =>
            {
                var conversation = (await host.Communication!.Connect(kind))!;
                await conversation.Ask(1);
            })
            .Run(5_000);
        Assert.Equal(1, served);
    }

    [Theory]
    [InlineData(CommunicationKind.Pipe)]
    [InlineData(CommunicationKind.PipeProtected)]
    public void A_pipe_carries_more_than_it_holds_both_ways(CommunicationKind kind)
    {
        const int Bytes = 5_000;
        byte[] got = [];
        using var scene = new IpcScene()
            .With("answerer", async host =>
            {
                var end = (PipeConversation)(await host.Communication!.Accept(kind))!;
                var bytes = new byte[Bytes];
                Assert.True(await end.Read(bytes));
                Array.Reverse(bytes);
                Assert.True(await end.Write(bytes));
                await end.Close();
            })
            .With("asker", async host =>
            {
                var end = (PipeConversation)(await host.Communication!.Connect(kind))!;
                Assert.True(await end.Write(Pattern(Bytes)));
                var bytes = new byte[Bytes];
                Assert.True(await end.Read(bytes));
                got = bytes;
            })
            .Run(20_000);
        Assert.Equal(Pattern(Bytes).Reverse(), got);
    }

    [Theory]
    [InlineData(CommunicationKind.Pipe, 0)]
    [InlineData(CommunicationKind.Pipe, 4)]
    [InlineData(CommunicationKind.Pipe, 2048)]
    [InlineData(CommunicationKind.Pipe, 2052)]
    [InlineData(CommunicationKind.SharedMemory, 4)]
    public void Garbage_in_the_shared_page_ends_a_conversation_and_nothing_else(
        CommunicationKind kind, int offset)
    {
        var isOver = false;
        using var scene = new IpcScene()
            .With("answerer", async host =>
            {
                await Serve(host, kind);
                isOver = true;
            })
            .With("vandal", async host =>
            {
                await host.Communication!.Connect(kind);
                var page = (ulong)Frame.AddressOf(Communication.FirstPage);
                host.Memory.Write(page + (ulong)offset, 0xFFFF_FF00u);
            })
            .Run(20_000);
        Assert.True(isOver);
        Assert.Empty(Findings(scene));
    }

    [Fact]
    public void A_page_is_shared_by_a_capability_that_the_kernel_has_sealed() =>
        Assert.False(Forge());

    [Fact]
    public void Without_the_seal_a_capability_that_was_made_up_opens_a_page() =>
        Assert.True(Forge(KernelGuards.CapabilitySeal));

    [Fact]
    public void A_server_answers_whom_it_has_accepted_and_tells_others_nothing()
    {
        TransferRegisters? stolen = null;
        uint? answer = null;
        using var scene = new IpcScene()
            .With("server", host => Await(Serve(host, CommunicationKind.Lrpc)))
            .With("stranger", async host =>
            {
                for (var slice = 0; slice < 3; slice++)
                    await host.Processor!.Yield(-1);
                stolen = await ((Communication)host.Communication!).Entry.Enter(
                    Answerer, new TransferRegisters(ProcedureCall.Call, 21));
            })
            .With("client", async host =>
            {
                var server = (await host.Communication!.Connect(CommunicationKind.Lrpc))!;
                for (var slice = 0; slice < 6; slice++)
                    await host.Processor!.Yield(-1);
                answer = await server.Ask(21);
            })
            .Run(5_000);
        Assert.Equal(42u, answer);
        Assert.Equal(new TransferRegisters(), stolen);
    }

    [Fact]
    public void Who_is_entered_at_work_is_busy_and_works_on()
    {
        TransferRegisters? answer = null;
        var done = 0;
        using var scene = new IpcScene()
            .With("worker", async host =>
            {
                while (true)
                {
                    host.Work(10_000_000);
                    await host.Settle();
                    done++;
                }
            })
            .With("caller", async host => answer =
                await ((Communication)host.Communication!).Entry.Enter(
                    0, new TransferRegisters(ProcedureCall.Call)))
            .Run(1_000);
        Assert.Equal(new TransferRegisters(), answer);
        Assert.InRange(done, 90_000, 100_000);
    }

    [Fact]
    public void An_entry_that_waits_for_no_answer_disturbs_neither_worker_nor_server()
    {
        var entered = 0;
        var done = 0;
        uint? answer = null;
        using var scene = new IpcScene()
            .With("server", host => Await(Serve(host, CommunicationKind.Lrpc)))
            .With("worker", async host =>
            {
                while (true)
                {
                    host.Work(10_000_000);
                    await host.Settle();
                    done++;
                }
            })
            .With("nuisance", async host =>
            {
                var entry = ((Communication)host.Communication!).Entry;
                for (var round = 0; round < 20; round++)
                {
                    var registers = new TransferRegisters(ProcedureCall.Call, 21);
                    entered += await entry.EnterAndGoOn(round % 2, registers) ? 1 : 0;
                }
            })
            .With("client", async host =>
            {
                var server = (await host.Communication!.Connect(CommunicationKind.Lrpc))!;
                for (var slice = 0; slice < 10; slice++)
                {
                    await host.Processor!.Yield(-1);
                    answer = await server.Ask(21);
                }
            })
            .Run(6_000);
        Assert.Equal(20, entered);
        Assert.Equal(42u, answer);
        Assert.InRange(done, 200_000, 600_000);
    }

    [Theory]
    [InlineData(CommunicationKind.Lrpc, 2)]
    [InlineData(CommunicationKind.TrustedLrpc, 0)]
    public void A_procedure_call_is_two_transfers_and_the_registers_saved(
        CommunicationKind kind, long saves)
    {
        SortedDictionary<string, long> before = [], after = [];
        long startPs = 0, endPs = 0;
        IpcScene? measured = null;
        using var scene = new IpcScene()
            .With("server", host => Await(Serve(host, kind)))
            .With("client", async host =>
            {
                var server = (await host.Communication!.Connect(kind))!;
                await server.Ask(1);
                (startPs, before) = (host.ClockPs, measured!.Charges());
                await server.Ask(2);
                (endPs, after) = (host.ClockPs, measured.Charges());
            });
        measured = scene;
        scene.Run();

        var spent = after.ToDictionary(
            charge => charge.Key,
            charge => charge.Value - before.GetValueOrDefault(charge.Key))
            .Where(charge => charge.Value != 0).OrderBy(charge => charge.Key);
        var expected = new Dictionary<string, long>
        {
            [HardwareCosts.Trap.Name] = 2,
            [ExokernelCosts.KernelCallDemultiplex.Name] = 2,
            [ExokernelCosts.ProtectedTransfer.Name] = 2,
            [HardwareCosts.AddressSpaceSwitch.Name] = 2,
            [HardwareCosts.TrapReturn.Name] = 2,
            [ExokernelCosts.ContextSave.Name] = saves,
            [HardwareCosts.Instruction.Name] = 16,
        };
        Assert.Equal(
            expected.Where(charge => charge.Value != 0).OrderBy(charge => charge.Key), spent);
        var costs = scene.Machine.Costs;
        Assert.Equal(
            (2 * (costs.Of(HardwareCosts.Trap) + costs.Of(ExokernelCosts.KernelCallDemultiplex)
                + costs.Of(ExokernelCosts.ProtectedTransfer)
                + costs.Of(HardwareCosts.AddressSpaceSwitch)
                + costs.Of(HardwareCosts.TrapReturn)))
            + (saves * costs.Of(ExokernelCosts.ContextSave))
            + (16 * costs.Of(HardwareCosts.Instruction)),
            endPs - startPs);
    }

    private static async EmulatedTask<long> Serve(ApplicationHost host, CommunicationKind kind) =>
        await (await host.Communication!.Accept(kind))!.Serve(word => 2 * word);

    private static async EmulatedTask Await(EmulatedTask<long> task) => await task;

    private static byte[] Pattern(int count) =>
        [.. Enumerable.Range(0, count).Select(at => (byte)(at * 7))];

    private static List<string> Findings(IpcScene scene)
    {
        var findings = new List<string>();
        scene.Kernel.CheckFrames(findings);
        return findings;
    }

    /// <summary>
    /// Whoever connects claims a frame of somebody else, with a seal that it has made up. Whether
    /// the other end takes it.
    /// </summary>
    private static bool Forge(params Actors.Faults.Guard[] guardsOff)
    {
        var isTaken = false;
        using var scene = new IpcScene(guardsOff)
            .With("victim", host => Await(Serve(host, CommunicationKind.Pipe)))
            .With("forger", async host =>
            {
                await host.Processor!.Yield(-1);
                // Frames of the victim itself stand first, and are writable.
                for (var frame = 0ul; frame < 64 && !isTaken; frame++)
                {
                    var answer = await ((Communication)host.Communication!).Entry.Enter(
                        Answerer, new TransferRegisters(
                            Communication.WordOf(CommunicationKind.Pipe),
                            (frame << 33) | (1UL << 32), 0xBAD5EA1));
                    isTaken = answer?.First == ProtectedEntry.Taken;
                }
            })
            .Run(2_000);
        return isTaken;
    }
}
