using Disguise.Actors.Execution;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.LibOS.Applications;

namespace Disguise.LibOS.ExOS.Ipc;

/// <summary>
/// The caller's end of procedure calls into another environment, each two protected transfers
/// (Engler, Kaashoek and O'Toole, SOSP 1995, sections 6.1 and 7.1): arguments and results stay in
/// registers. The caller saves the registers that it wants back, unless it trusts the server to
/// keep them.
/// </summary>
internal sealed class ProcedureCall(PeerLink link, ProtectedEntry entry, bool isTrusted)
    : IConversation
{
    /// <summary>The first register of a call.</summary>
    public const ulong Call = 2;

    /// <summary>The first register of the last call.</summary>
    public const ulong Last = 3;

    /// <summary>Two arguments, the address of the entry, the result's check and the return.
    /// </summary>
    private const int CallInstructions = 6;

    /// <inheritdoc/>
    public async EmulatedTask<uint?> Ask(uint word)
    {
        link.Instructions(CallInstructions);
        if (!isTrusted)
            link.SaveRegisters();
        var answer = await entry.Enter(link.Peer, new TransferRegisters(Call, word));
        if (!isTrusted)
            link.SaveRegisters();
        return answer?.First == ProtectedEntry.Taken ? (uint)answer.Second : null;
    }

    /// <summary>A caller serves nobody.</summary>
    public EmulatedTask<long> Serve(Func<uint, uint> procedure) => Served();

    /// <inheritdoc/>
    public async EmulatedTask Close() =>
        await entry.Enter(link.Peer, new TransferRegisters(Last));

    private static async EmulatedTask<long> Served()
    {
        await EmulatedTask.Completed;
        return 0;
    }
}
