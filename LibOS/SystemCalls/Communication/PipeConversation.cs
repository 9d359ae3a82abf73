using Disguise.Actors.Execution;
using Disguise.Kernels.Monolithic.SystemCalls;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Memory;

namespace Disguise.LibOS.SystemCalls.Communication;

/// <summary>A conversation by two pipes of the kernel's, one each way. The end of the file is the
/// end of the conversation.</summary>
/// <param name="gate">The way into the kernel.</param>
/// <param name="pages">The process' virtual memory.</param>
/// <param name="buffer">Address and size of what is read and written at a time.</param>
/// <param name="messageBytes">Bytes of a message, which begins with a word.</param>
/// <param name="reading">Descriptor of the end that is read.</param>
/// <param name="writing">Descriptor of the end that is written.</param>
internal sealed class PipeConversation(
    SystemCallGate gate, IApplicationMemory pages, (ulong Address, int Bytes) buffer,
    int messageBytes, long reading, long writing) : IConversation
{
    private uint read;

    /// <inheritdoc/>
    public async EmulatedTask<uint?> Ask(uint word) =>
        await Write(word) && await Read() ? read : null;

    /// <inheritdoc/>
    public async EmulatedTask<long> Serve(Func<uint, uint> procedure)
    {
        var answered = 0L;
        while (await Read() && await Write(procedure(read)))
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
        for (var rest = messageBytes; rest > 0; rest -= (int)gate.ReturnValue)
        {
            // A page that the kernel is to read must be there: the store sees to that.
            await pages.WriteWord(buffer.Address, word);
            if (!await gate.Call(
                SystemCallNumber.Write, writing, (long)buffer.Address,
                Math.Min(rest, buffer.Bytes)))
                return false;
        }

        return true;
    }

    /// <summary>The first piece of a message has its word, for it is written whole.</summary>
    private async EmulatedTask<bool> Read()
    {
        for (var rest = messageBytes; rest > 0; rest -= (int)gate.ReturnValue)
        {
            await pages.WriteWord(buffer.Address, 0);
            if (!await gate.Call(
                SystemCallNumber.Read, reading, (long)buffer.Address,
                Math.Min(rest, buffer.Bytes)) || gate.ReturnValue == 0)
                return false;
            if (rest == messageBytes)
                read = await pages.ReadWord(buffer.Address);
        }

        return true;
    }
}
