using Disguise.Actors.Execution;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Abstractions.Memory;
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
/// <param name="pages">Its virtual memory.</param>
/// <param name="address">Of a word of the library's own.</param>
internal sealed class ProcessCommunication(
    SystemCallGate gate, IApplicationMemory pages, ulong address) : ICommunication
{
    /// <summary>Conversations of a kind on one machine.</summary>
    private const int NameLimit = 64;

    /// <summary>Names of one conversation: a pipe each way, or a key.</summary>
    private const int NamesEach = 2;

    /// <inheritdoc/>
    public EmulatedTask<IConversation?> Connect(CommunicationKind kind, int messageBytes) =>
        Begin(kind, messageBytes, isAnswerer: false);

    /// <inheritdoc/>
    public EmulatedTask<IConversation?> Accept(CommunicationKind kind, int messageBytes) =>
        Begin(kind, messageBytes, isAnswerer: true);

    private async EmulatedTask<IConversation?> Begin(
        CommunicationKind kind, int messageBytes, bool isAnswerer)
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
            return kind == CommunicationKind.SharedMemory
                ? await Share(first, isAnswerer)
                : await Join(first + 1, end, messageBytes, isAnswerer);
        }

        return null;
    }

    private async EmulatedTask<IConversation?> Join(
        int name, long first, int messageBytes, bool isAnswerer)
    {
        var buffer = (Address: address, Bytes: sizeof(uint));
        if (messageBytes > sizeof(uint))
        {
            buffer = (await pages.Map(1, MemoryProtection.ReadWrite), Frame.SizeBytes);
        }

        if (buffer.Address == 0 || !await Open(name, isAnswerer ? PipeEnds.Write : PipeEnds.Read))
            return null;
        var second = gate.ReturnValue;
        return new PipeConversation(
            gate, pages, buffer, messageBytes, reading: isAnswerer ? first : second,
            writing: isAnswerer ? second : first);
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
