using Disguise.Actors.Execution;
using Disguise.Actors.Faults;
using Disguise.Actors.Ledgers;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Regions;
using Disguise.Kernels.Profiles;
using Disguise.LibOS.Applications;
using Disguise.LibOS.ExOS.Ipc;

namespace Disguise.LibOS.Tests.ExOS.Ipc;

/// <summary>A pipe between environments that do not trust each other, and what one tries.
/// </summary>
public sealed class ProtectedPipeSpecs
{
    private static readonly byte[] Garbage = [.. Enumerable.Repeat((byte)0xFF, 16)];

    [Fact]
    public void A_reader_whose_stores_go_astray_does_not_damage_the_writer()
    {
        var answers = Scribble(CommunicationKind.PipeProtected, out var stores);
        Assert.True(stores > 0);
        Assert.Equal([2u, 4u, 6u], answers);
    }

    [Fact]
    public void In_shared_memory_it_breaks_the_writers_pipe()
    {
        var answers = Scribble(CommunicationKind.Pipe, out var stores);
        Assert.True(stores > 0);
        Assert.Equal(2u, answers[0]);
        Assert.NotEqual(4u, answers[1]);
        Assert.NotEqual(6u, answers[2]);
    }

    [Fact]
    public void A_hostile_reader_writes_nothing_into_the_writers_region()
    {
        var answers = Overwrite(out var isWritten, out var refusals);
        Assert.False(isWritten);
        Assert.Equal([2u, 4u, 6u], answers);
        Talk(
            CommunicationKind.PipeProtected, (_, _) => EmulatedTask.Completed,
            out var refusalsOfHonest);
        Assert.Equal(refusalsOfHonest + 1, refusals);
    }

    [Fact]
    public void Without_the_guard_of_regions_it_makes_the_writer_forget_what_it_said()
    {
        var answers = Overwrite(out var isWritten, out _, RegionGuards.Capability);
        Assert.True(isWritten);
        Assert.Equal(2u, answers[0]);
        Assert.NotEqual(4u, answers[1]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(1_024)]
    [InlineData(8_192)]
    public void Messages_have_as_many_bytes_as_both_say(int bytes)
    {
        foreach (var kind in new[] { CommunicationKind.Pipe, CommunicationKind.PipeProtected })
        {
            var answers = new List<uint?>();
            using var scene = new IpcScene()
                .With("answerer", async host => await (
                    await host.Communication!.Accept(kind, bytes))!.Serve(word => 2 * word))
                .With("asker", async host =>
                {
                    var conversation = (await host.Communication!.Connect(kind, bytes))!;
                    for (var word = 1u; word <= 3; word++)
                        answers.Add(await conversation.Ask(word));
                    await conversation.Close();
                })
                .Run(5_000);
            Assert.Equal([2u, 4u, 6u], answers);
            Assert.Equal(0, scene.Kernel.EnvironmentCount);
        }
    }

    [Fact]
    public void Two_pipes_of_one_environment_do_not_mix()
    {
        var answers = new List<uint?>();
        using var scene = new IpcScene()
            .With("double", host => Serve(host, 2))
            .With("triple", host => Serve(host, 3))
            .With("asker", async host =>
            {
                var first = (await host.Communication!.Connect(
                    CommunicationKind.PipeProtected))!;
                var second = (await host.Communication!.Connect(
                    CommunicationKind.PipeProtected))!;
                for (var word = 1u; word <= 3; word++)
                {
                    answers.Add(await first.Ask(word));
                    answers.Add(await second.Ask(word));
                }

                await first.Close();
                await second.Close();
            })
            .Run(20_000);
        Assert.Equal([2u, 3u, 4u, 6u, 6u, 9u], answers);
        Assert.Equal(0, scene.Kernel.EnvironmentCount);
    }

    /// <summary>
    /// Of the five calls of a message two write it and its counter, two read them, and one finds
    /// that nothing has come yet.
    /// </summary>
    [Fact]
    public void A_message_is_five_calls_a_yield_and_its_bytes()
    {
        SortedDictionary<string, long> before = [], after = [];
        long startPs = 0, endPs = 0;
        IpcScene? measured = null;
        using var scene = new IpcScene()
            .With("server", host => Serve(host, 2))
            .With("client", async host =>
            {
                var server = (await host.Communication!.Connect(
                    CommunicationKind.PipeProtected))!;
                await server.Ask(1);
                await server.Ask(2);
                (startPs, before) = (host.ClockPs, measured!.Charges());
                await server.Ask(3);
                (endPs, after) = (host.ClockPs, measured.Charges());
            });
        measured = scene;
        scene.Run();

        var spent = new SortedDictionary<string, long>(after.ToDictionary(
            charge => charge.Key,
            charge => charge.Value - before.GetValueOrDefault(charge.Key)), StringComparer.Ordinal);
        var expected = new Dictionary<CostKey, long>
        {
            [HardwareCosts.Trap] = 12,
            [ExokernelCosts.KernelCallDemultiplex] = 12,
            [ExokernelCosts.KernelCall] = 10,
            [HardwareCosts.PageCopyByte] = 2 * (4 + 12 + 12 + 12 + 4),
            [HardwareCosts.TrapReturn] = 12,
            [ProfileCosts.SchedulerDispatch] = 2,
            [HardwareCosts.AddressSpaceSwitch] = 2,
            [ExokernelCosts.SliceUpcall] = 2,
            [ExokernelCosts.ContextSave] = 4,
            [HardwareCosts.Instruction] = 352,
        };
        Assert.Equal(
            expected.OrderBy(charge => charge.Key.Name, StringComparer.Ordinal)
                .Select(charge => (charge.Key.Name, charge.Value)),
            spent.Where(charge => charge.Value != 0)
                .Select(charge => (charge.Key, charge.Value)));
        Assert.Equal(
            expected.Sum(charge => charge.Value * scene.Machine.Costs.Of(charge.Key)),
            endPs - startPs);
    }

    /// <summary>
    /// A reader answers, then stores into every page that conversations have, and answers on.
    /// What the writer gets for 1, 2 and 3.
    /// </summary>
    private static List<uint?> Scribble(CommunicationKind kind, out int stores)
    {
        var hits = 0;
        var answers = Talk(
            kind,
            (host, _) =>
            {
                for (var page = 0; page < Communication.ConversationLimit; page++)
                {
                    var address = (ulong)Frame.AddressOf(Communication.FirstPage + page);
                    for (var at = 0ul; at < Frame.SizeBytes; at += (ulong)Garbage.Length)
                        hits += host.Memory.TryWrite(address + at, Garbage) ? 1 : 0;
                }

                return EmulatedTask.Completed;
            },
            out _);
        stores = hits;
        return answers;
    }

    /// <summary>A reader answers, then calls the kernel to write over the writer's region.
    /// </summary>
    private static List<uint?> Overwrite(
        out bool isWritten, out long refusals, params Guard[] guardsOff)
    {
        var written = false;
        var answers = Talk(
            CommunicationKind.PipeProtected,
            async (_, end) =>
                written = await ((ProtectedPipeEnd)end).Peer.TryWrite(0, Garbage),
            out refusals, guardsOff);
        isWritten = written;
        return answers;
    }

    private static List<uint?> Talk(
        CommunicationKind kind, Func<ApplicationHost, PipeConversation, EmulatedTask> misbehave,
        out long refusals, params Guard[] guardsOff)
    {
        var answers = new List<uint?>();
        using var scene = new IpcScene(guardsOff)
            .With("reader", async host =>
            {
                var end = (PipeConversation)(await host.Communication!.Accept(kind))!;
                var word = new byte[sizeof(uint)];
                for (var answered = 0; await end.Read(word); answered++)
                {
                    if (answered == 1)
                        await misbehave(host, end);
                    await end.Write(BitConverter.GetBytes(2 * BitConverter.ToUInt32(word)));
                }
            })
            .With("writer", async host =>
            {
                var conversation = (await host.Communication!.Connect(kind))!;
                for (var word = 1u; word <= 3; word++)
                    answers.Add(await conversation.Ask(word));
                await conversation.Close();
            })
            .Run(5_000);
        refusals = scene.Kernel.BindingCounts
            .Single(count => count.Key == SecureBindings.RegionRefusals).Value;
        Assert.Empty(Findings(scene));
        return answers;
    }

    private static async EmulatedTask Serve(ApplicationHost host, uint factor)
    {
        var conversation = await host.Communication!.Accept(CommunicationKind.PipeProtected);
        await conversation!.Serve(word => factor * word);
    }

    private static List<string> Findings(IpcScene scene)
    {
        var findings = new List<string>();
        scene.Kernel.CheckFrames(findings);
        return findings;
    }
}
