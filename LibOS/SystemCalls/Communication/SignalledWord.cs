using Disguise.Actors.Execution;
using Disguise.Kernels.Monolithic.SystemCalls;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Memory;

namespace Disguise.LibOS.SystemCalls.Communication;

/// <summary>
/// A conversation by words in shared memory: who has written signals the other, and sleeps until
/// it is signalled itself.
/// <code>
///   0 question   4 its number   8 answer   12 its number
///   16 asker's process, 24 answerer's, each with 1 added   20 asker closed   28 answerer closed
/// </code>
/// </summary>
/// <param name="gate">The way into the kernel.</param>
/// <param name="pages">The process' virtual memory.</param>
/// <param name="shared">Address of the shared words.</param>
/// <param name="isAnswerer">Which side this is.</param>
internal sealed class SignalledWord(
    SystemCallGate gate, IApplicationMemory pages, ulong shared, bool isAnswerer) : IConversation
{
    private const int Question = 0;
    private const int Answer = 8;
    private const int Number = 4;
    private const int Asker = 16;
    private const int Answerer = 24;
    private const int Closed = 4;

    private uint number;

    private ulong Own => shared + (isAnswerer ? Answerer : (ulong)Asker);

    private ulong Other => shared + (isAnswerer ? Asker : (ulong)Answerer);

    /// <summary>Says which process is at this side, and waits until the other one is there.
    /// </summary>
    public async EmulatedTask Begin(uint process)
    {
        await pages.WriteWord(Own, process + 1);
        if (await pages.ReadWord(Other) != 0)
            await Signal();
        while (await pages.ReadWord(Other) == 0)
            await Pause();
    }

    /// <inheritdoc/>
    public async EmulatedTask<uint?> Ask(uint word)
    {
        number++;
        await Write(Question, word);
        return await Signal() ? await Await(Answer) : null;
    }

    /// <inheritdoc/>
    public async EmulatedTask<long> Serve(Func<uint, uint> procedure)
    {
        var answered = 0L;
        while (true)
        {
            number++;
            if (await Await(Question) is not { } word)
                break;
            await Write(Answer, procedure(word));
            if (!await Signal())
                break;
            answered++;
        }

        await Close();
        return answered;
    }

    /// <inheritdoc/>
    public async EmulatedTask Close()
    {
        await pages.WriteWord(Own + Closed, 1);
        await Signal();
    }

    private async EmulatedTask Write(int at, uint word)
    {
        await pages.WriteWord(shared + (uint)at, word);
        await pages.WriteWord(shared + (uint)at + Number, number);
    }

    /// <summary>The word at a place when it has the number; null when the other end has closed.
    /// </summary>
    private async EmulatedTask<uint?> Await(int at)
    {
        while (await pages.ReadWord(shared + (uint)at + Number) != number)
        {
            if (await pages.ReadWord(Other + Closed) != 0)
                return null;
            await Pause();
        }

        return await pages.ReadWord(shared + (uint)at);
    }

    /// <summary>Signals the other side; false where its process is no more.</summary>
    private async EmulatedTask<bool> Signal() => await gate.Call(
        SystemCallNumber.Kill, await pages.ReadWord(Other) - 1, SystemCallLimits.UserSignal);

    /// <summary>Sleeps until a signal has been to its handler, which does nothing.</summary>
    private async EmulatedTask Pause()
    {
        await gate.Call(SystemCallNumber.Pause);
        await gate.Call(SystemCallNumber.SignalReturn);
    }
}
