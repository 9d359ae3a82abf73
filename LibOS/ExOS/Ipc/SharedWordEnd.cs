using System.Buffers.Binary;
using Disguise.Actors.Execution;
using Disguise.LibOS.Applications;

namespace Disguise.LibOS.ExOS.Ipc;

/// <summary>
/// A conversation by words in a shared page: who waits for the other's yields to it (Engler,
/// Kaashoek and O'Toole, SOSP 1995, section 6.1: two processes ping-pong a counter in shared
/// memory).
/// <code>
///   0 question   4 its number   8 answer   12 its number   16 asker closed   20 answerer closed
/// </code>
/// </summary>
internal sealed class SharedWordEnd(PeerLink link, IPipeMemory memory, bool isAnswerer)
    : IConversation
{
    private const int QuestionOffset = 0;
    private const int AnswerOffset = 8;
    private const int AskerClosedOffset = 16;
    private const int AnswererClosedOffset = 20;

    /// <summary>A word and its number loaded or stored, a flag, two branches.</summary>
    private const int LookInstructions = 6;

    private uint number;

    /// <inheritdoc/>
    public async EmulatedTask<uint?> Ask(uint word)
    {
        number++;
        return TryStore(QuestionOffset, word, number)
            ? await Await(AnswerOffset, AnswererClosedOffset, number) : null;
    }

    /// <inheritdoc/>
    public async EmulatedTask<long> Serve(Func<uint, uint> procedure)
    {
        while (await Await(QuestionOffset, AskerClosedOffset, number + 1) is { } word
            && TryStore(AnswerOffset, procedure(word), number + 1))
            number++;
        await Close();
        return number;
    }

    /// <inheritdoc/>
    public EmulatedTask Close()
    {
        Span<byte> one = [1, 0, 0, 0];
        memory.TryWrite(isAnswerer ? AnswererClosedOffset : AskerClosedOffset, one);
        return EmulatedTask.Completed;
    }

    /// <summary>The word at a place when it has a number; null when the other end is gone.
    /// </summary>
    private async EmulatedTask<uint?> Await(int at, int closedAt, uint awaited)
    {
        while (true)
        {
            link.Instructions(LookInstructions);
            if (!TryLoad(at, out var word, out var numbered)
                || !TryLoad(closedAt, out var closed, out _))
                return null;
            if (numbered == awaited)
            {
                link.Heard();
                return word;
            }

            if (closed != 0 || !await link.Yield())
                return null;
        }
    }

    private bool TryLoad(int at, out uint word, out uint numbered)
    {
        Span<byte> bytes = stackalloc byte[2 * sizeof(uint)];
        var isRead = memory.TryRead(at, bytes);
        word = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        numbered = BinaryPrimitives.ReadUInt32LittleEndian(bytes[sizeof(uint)..]);
        return isRead;
    }

    private bool TryStore(int at, uint word, uint numbered)
    {
        link.Instructions(LookInstructions);
        Span<byte> bytes = stackalloc byte[2 * sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, word);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[sizeof(uint)..], numbered);
        return memory.TryWrite(at, bytes);
    }
}
