using Disguise.Actors.Execution;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.LibOS.Applications;

namespace Disguise.LibOS.ExOS.Ipc;

/// <summary>
/// The server's end of procedure calls: it serves the environment that it has accepted, and
/// nobody else, by the number that the kernel gives it.
/// </summary>
internal sealed class ProcedureServer(PeerLink link, ProtectedEntry entry) : IConversation
{
    /// <summary>The caller compared, the procedure's number checked and looked up, the jump
    /// there and back.</summary>
    private const int DispatchInstructions = 10;

    /// <summary>A server asks nobody.</summary>
    public EmulatedTask<uint?> Ask(uint word) => Asked();

    /// <inheritdoc/>
    public async EmulatedTask<long> Serve(Func<uint, uint> procedure)
    {
        var answered = 0L;
        // Who was accepted waits for that.
        var (to, answer) = (link.Peer, new TransferRegisters(ProtectedEntry.Taken));
        while (true)
        {
            var (call, from) = await entry.Reply(to, answer);
            link.Instructions(DispatchInstructions);
            to = from;
            answer = new TransferRegisters();
            if (from != link.Peer)
                continue;
            if (call.First == ProcedureCall.Last)
                break;
            if (call.First != ProcedureCall.Call)
                continue;
            answer = new TransferRegisters(
                ProtectedEntry.Taken, procedure((uint)call.Second));
            answered++;
        }

        await entry.ReplyAndGoOn(to, new TransferRegisters(ProtectedEntry.Taken));
        return answered;
    }

    /// <summary>Whoever enters from now on is told that the server is busy.</summary>
    public EmulatedTask Close() => EmulatedTask.Completed;

    private static async EmulatedTask<uint?> Asked()
    {
        await EmulatedTask.Completed;
        return null;
    }
}
