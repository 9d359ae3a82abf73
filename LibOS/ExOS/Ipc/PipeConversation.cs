using System.Buffers.Binary;
using Disguise.Actors.Execution;
using Disguise.LibOS.Applications;

namespace Disguise.LibOS.ExOS.Ipc;

/// <summary>
/// A conversation by two pipes, one each way, in messages of one size whose first bytes are the
/// word.
/// </summary>
/// <param name="messageBytes">Bytes of a message.</param>
internal abstract class PipeConversation(int messageBytes) : IConversation
{
    /// <summary>
    /// One look at a buffer: two counters and a flag loaded, two compared, one stored, the place
    /// computed; as counted in <see cref="CircularBuffer"/>.
    /// </summary>
    protected const int LookInstructions = 16;

    /// <summary>
    /// A call of read or write: the emulated call's entry, a descriptor checked and looked up, a
    /// call through its operations, two procedures' entries and exits.
    /// </summary>
    protected const int DescriptorInstructions = 40;

    /// <summary>Writes all bytes. False when nobody will read them.</summary>
    public abstract EmulatedTask<bool> Write(ReadOnlyMemory<byte> bytes);

    /// <summary>Reads into a place until it is full. False at the end of the file.</summary>
    public abstract EmulatedTask<bool> Read(Memory<byte> destination);

    /// <inheritdoc/>
    public abstract EmulatedTask Close();

    /// <inheritdoc/>
    public async EmulatedTask<uint?> Ask(uint word)
    {
        var bytes = new byte[messageBytes];
        Put(word, bytes);
        return await Write(bytes) && await ReadTurn(bytes) ? WordIn(bytes) : null;
    }

    /// <inheritdoc/>
    public async EmulatedTask<long> Serve(Func<uint, uint> procedure)
    {
        var bytes = new byte[messageBytes];
        var answered = 0L;
        while (await ReadTurn(bytes))
        {
            Put(procedure(WordIn(bytes)), bytes);
            if (!await Write(bytes))
                break;
            answered++;
        }

        await Close();
        return answered;
    }

    /// <summary>Reads a message after which the other end waits for nothing but a message.
    /// </summary>
    protected virtual EmulatedTask<bool> ReadTurn(Memory<byte> destination) => Read(destination);

    private static void Put(uint word, Span<byte> message)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, word);
        bytes[..Math.Min(bytes.Length, message.Length)].CopyTo(message);
    }

    private static uint WordIn(ReadOnlySpan<byte> message)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        bytes.Clear();
        message[..Math.Min(bytes.Length, message.Length)].CopyTo(bytes);
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }
}
