using Disguise.Actors.Execution;

namespace Disguise.LibOS.ExOS.Ipc;

/// <summary>
/// A conversation by two pipes, one each way: circular buffers in a page that both environments
/// have mapped. Who finds its buffer empty or full yields to the other end by name (Engler,
/// Kaashoek and O'Toole, SOSP 1995, section 6.1). Inlined, reads and writes are part of the
/// program; else they go through the library's descriptors.
/// </summary>
internal sealed class PipeEnd(
    PeerLink link, CircularBuffer incoming, CircularBuffer outgoing, bool isInlined,
    int messageBytes)
    : PipeConversation(messageBytes)
{
    /// <summary>A word moved: loaded, stored, counted, branched.</summary>
    private const int WordInstructions = 4;

    /// <inheritdoc/>
    public override async EmulatedTask<bool> Write(ReadOnlyMemory<byte> bytes)
    {
        Call();
        var written = 0;
        while (true)
        {
            var count = outgoing.Write(bytes.Span[written..]);
            Charge(count);
            if (count < 0)
                return false;
            if (count > 0)
                link.Heard();
            written += count;
            if (written == bytes.Length)
                return true;
            if (!await link.Yield())
                return false;
        }
    }

    /// <inheritdoc/>
    public override async EmulatedTask<bool> Read(Memory<byte> destination)
    {
        Call();
        var read = 0;
        while (true)
        {
            var count = incoming.Read(destination.Span[read..]);
            Charge(count);
            if (count < 0)
                return false;
            if (count > 0)
                link.Heard();
            read += count;
            if (read == destination.Length)
                return true;
            if (!await link.Yield())
                return false;
        }
    }

    /// <inheritdoc/>
    public override EmulatedTask Close()
    {
        outgoing.CloseWriter();
        incoming.CloseReader();
        return EmulatedTask.Completed;
    }

    private void Call()
    {
        if (!isInlined)
            link.Instructions(DescriptorInstructions);
    }

    private void Charge(int bytes) => link.Instructions(
        LookInstructions
        + (WordInstructions * ((Math.Max(bytes, 0) + sizeof(uint) - 1) / sizeof(uint))));
}
