using Disguise.Actors.Execution;
using Disguise.Kernels.Monolithic.SystemCalls;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Memory;

namespace Disguise.LibOS.SystemCalls.Communication;

/// <summary>
/// How processes of one machine talk under a monolithic kernel: by named pipes, or by shared memory
/// with signals in place of spinning, as Ultrix' measurements had it (Engler, Kaashoek and O'Toole,
/// SOSP 1995, section 6.1). There are no procedure calls between processes. Names are counted up
/// until an end is free.
/// </summary>
/// <param name="gate">The way into the kernel.</param>
/// <param name="memory">The process' memory.</param>
/// <param name="pages">Its virtual memory.</param>
/// <param name="address">Of a word of the library's own.</param>
internal sealed class ProcessCommunication(
    SystemCallGate gate, DomainMemory memory, IApplicationMemory pages, ulong address)
    : ICommunication
{
    /// <summary>Conversations of a kind on one machine.</summary>
    private const int NameLimit = 64;

    /// <summary>Names of one conversation: a pipe each way, or a key.</summary>
    private const int NamesEach = 2;

    /// <inheritdoc/>
    public EmulatedTask<IConversation?> Connect(CommunicationKind kind) =>
        Begin(kind, isAnswerer: false);

    /// <inheritdoc/>
    public EmulatedTask<IConversation?> Accept(CommunicationKind kind) =>
        Begin(kind, isAnswerer: true);

    private async EmulatedTask<IConversation?> Begin(CommunicationKind kind, bool isAnswerer)
    {
        if (kind is not (CommunicationKind.Pipe or CommunicationKind.SharedMemory))
            return null;
        for (var name = 0; name < NameLimit; name++)
        {
            // Whoever has the first pipe of a pair has the second too; with shared memory it holds
            // nothing, and says whose turn it is to take which side.
            var first = (((int)kind * NameLimit) + name) * NamesEach;
            if (!await Open(first, isAnswerer ? PipeEnds.Read : PipeEnds.Write))
                continue;
            var end = gate.ReturnValue;
            if (kind == CommunicationKind.SharedMemory)
                return await Share(first, isAnswerer);
            return await Open(first + 1, isAnswerer ? PipeEnds.Write : PipeEnds.Read)
                ? new PipeConversation(
                    gate, memory, address,
                    reading: isAnswerer ? end : gate.ReturnValue,
                    writing: isAnswerer ? gate.ReturnValue : end)
                : null;
        }

        return null;
    }

    private async EmulatedTask<bool> Open(int name, PipeEnds end) =>
        await gate.Call(SystemCallNumber.Open, name, (long)end);

    private async EmulatedTask<IConversation?> Share(int key, bool isAnswerer)
    {
        if (!await gate.Call(SystemCallNumber.SharedMemoryGet, key, 1)
            || !await gate.Call(SystemCallNumber.SharedMemoryAttach, gate.ReturnValue))
            return null;
        var shared = (ulong)gate.ReturnValue;
        await gate.Call(SystemCallNumber.GetProcessId);
        var conversation = new SignalledWord(gate, pages, shared, isAnswerer);
        await conversation.Begin((uint)gate.ReturnValue);
        return conversation;
    }

    private enum PipeEnds
    {
        Read = 0,
        Write = 1,
    }
}
