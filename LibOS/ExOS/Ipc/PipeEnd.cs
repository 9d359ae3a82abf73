using System.Buffers.Binary;
using Disguise.Actors.Execution;
using Disguise.LibOS.Applications;

namespace Disguise.LibOS.ExOS.Ipc;

/// <summary>
/// A conversation by two pipes, one each way: circular buffers in a page that both environments
/// have mapped. Who finds its buffer empty or full yields to the other end by name (Engler,
/// Kaashoek and O'Toole, SOSP 1995, section 6.1). Inlined, reads and writes are part of the
/// program; else they go through the library's descriptors.
/// </summary>
internal sealed class PipeEnd(
    PeerLink link, CircularBuffer incoming, CircularBuffer outgoing, bool isInlined)
    : IConversation
{
    /// <summary>
    /// One look at a buffer: two counters and a flag loaded, two compared, one stored, the place
    /// computed; as counted in <see cref="CircularBuffer"/>.
    /// </summary>
    private const int LookInstructions = 16;

    /// <summary>A word moved: loaded, stored, counted, branched.</summary>
    private const int WordInstructions = 4;

    /// <summary>
    /// A call of read or write: the emulated call's entry, a descriptor checked and looked up, a
    /// call through its operations, two procedures' entries and exits.
    /// </summary>
    private const int DescriptorInstructions = 40;

    /// <summary>Writes all bytes. False when nobody will read them.</summary>
    public async EmulatedTask<bool> Write(ReadOnlyMemory<byte> bytes)
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

    /// <summary>Reads into a place until it is full. False at the end of the file.</summary>
    public async EmulatedTask<bool> Read(Memory<byte> destination)
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
    public async EmulatedTask<uint?> Ask(uint word)
    {
        var bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, word);
        return await Write(bytes) && await Read(bytes)
            ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : null;
    }

    /// <inheritdoc/>
    public async EmulatedTask<long> Serve(Func<uint, uint> procedure)
    {
        var bytes = new byte[sizeof(uint)];
        var answered = 0L;
        while (await Read(bytes))
        {
            var word = procedure(BinaryPrimitives.ReadUInt32LittleEndian(bytes));
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, word);
            if (!await Write(bytes))
                break;
            answered++;
        }

        await Close();
        return answered;
    }

    /// <inheritdoc/>
    public EmulatedTask Close()
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
