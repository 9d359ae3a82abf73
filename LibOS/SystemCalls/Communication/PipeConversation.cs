using Disguise.Actors.Execution;
using Disguise.Kernels.Monolithic.SystemCalls;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Memory;

namespace Disguise.LibOS.SystemCalls.Communication;

/// <summary>A conversation by two pipes of the kernel's, one each way. The end of the file is the
/// end of the conversation.</summary>
/// <param name="gate">The way into the kernel.</param>
/// <param name="memory">The process' memory.</param>
/// <param name="address">Of the word that is read and written.</param>
/// <param name="reading">Descriptor of the end that is read.</param>
/// <param name="writing">Descriptor of the end that is written.</param>
internal sealed class PipeConversation(
    SystemCallGate gate, DomainMemory memory, ulong address, long reading, long writing)
    : IConversation
{
    /// <inheritdoc/>
    public async EmulatedTask<uint?> Ask(uint word) =>
        await Write(word) && await Read() ? memory.ReadUInt32(address) : null;

    /// <inheritdoc/>
    public async EmulatedTask<long> Serve(Func<uint, uint> procedure)
    {
        var answered = 0L;
        while (await Read() && await Write(procedure(memory.ReadUInt32(address))))
            answered++;
        await Close();
        return answered;
    }

    /// <inheritdoc/>
    public async EmulatedTask Close()
    {
        await gate.Call(SystemCallNumber.Close, writing);
        await gate.Call(SystemCallNumber.Close, reading);
    }

    private async EmulatedTask<bool> Write(uint word)
    {
        memory.Write(address, word);
        return await gate.Call(
            SystemCallNumber.Write, writing, (long)address, sizeof(uint));
    }

    /// <summary>Words are written whole, so one is read whole or not at all.</summary>
    private async EmulatedTask<bool> Read() =>
        await gate.Call(SystemCallNumber.Read, reading, (long)address, sizeof(uint))
        && gate.ReturnValue == sizeof(uint);
}
