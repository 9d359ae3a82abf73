using Disguise.Actors.Execution;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.LibOS.Applications;
using Disguise.LibOS.ExOS.Ipc;

namespace Disguise.LibOS.Tests.ExOS.Ipc;

/// <summary>Who is asked whether it wants a protected pipe, declines, and listens.</summary>
public sealed class EavesdropperSpecs
{
    private const long Page = Communication.FirstPage + 100;

    [Fact]
    public void Who_declines_at_once_was_shown_nothing()
    {
        var (wasShown, heard, answers) = Listen(isWilling: false);
        Assert.False(wasShown);
        Assert.Equal(0, heard);
        Assert.Equal([2u, 4u, 6u, 8u, 10u], answers);
    }

    [Fact]
    public void Who_declines_after_it_was_shown_a_region_reads_nothing_that_others_are_told()
    {
        var (wasShown, heard, answers) = Listen(isWilling: true);
        Assert.True(wasShown);
        Assert.Equal(0, heard);
        Assert.Equal([2u, 4u, 6u, 8u, 10u], answers);
    }

    private static (bool WasShown, int Heard, List<uint?> Answers) Listen(bool isWilling)
    {
        var (wasShown, heard) = (false, 0);
        var answers = new List<uint?>();
        var scene = new IpcScene();
        scene
            .With("listener", async host =>
            {
                var gate = scene.Libraries[0].Gate;
                var entry = ((Communication)host.Communication!).Entry;
                var regions = new PipeRegions(host.Memory, gate, 0, Page);
                Assert.True(await regions.Make());
                var (shown, from) = await entry.NextEntry();
                if (isWilling)
                    (shown, from) = await entry.Reply(from, new TransferRegisters(
                        ProtectedEntry.Taken));
                var end = await regions.Join(
                    new PeerLink(scene.Libraries[0].CpuContext, gate, from),
                    shown.Second, sizeof(uint));
                var header = new byte[4];
                wasShown = end is not null && await end.Peer.TryRead(0, header);
                await entry.ReplyAndGoOn(from, new TransferRegisters());
                for (var turn = 0; turn < 50 && end is not null; turn++)
                {
                    heard += await end.Peer.TryRead(0, header) ? 1 : 0;
                    await gate.Yield(-1);
                }
            })
            .With("server", async host =>
            {
                var end = await host.Communication!.Accept(CommunicationKind.PipeProtected);
                await end!.Serve(word => 2 * word);
            })
            .With("asker", async host =>
            {
                var end = await host.Communication!.Connect(CommunicationKind.PipeProtected);
                for (var word = 1u; word <= 5; word++)
                    answers.Add(await end!.Ask(word));
                await end!.Close();
            });
        using (scene)
            scene.Run(5_000);
        return (wasShown, heard, answers);
    }
}
