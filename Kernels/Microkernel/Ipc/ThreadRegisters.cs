using Disguise.Actors.Crossings;
using Disguise.Kernels.Capabilities;

namespace Disguise.Kernels.Microkernel.Ipc;

/// <summary>
/// What is in a thread's registers when it traps into the kernel and when it returns: the call
/// with its arguments, a short message of up to 16 words (the message registers of L4), and where
/// a long one lies or is to lie in the thread's memory. What is received stands where what was
/// sent stood.
/// </summary>
public sealed class ThreadRegisters
{
    /// <summary>Words of a short message.</summary>
    public const int WordLimit = 16;

    /// <summary>Bytes of a long message.</summary>
    public const int StringLimitBytes = 1 << 16;

    private readonly ulong[] words = new ulong[WordLimit];
    private int wordCount;

    /// <summary>What is asked of the kernel.</summary>
    public KernelCall Call { get; set; }

    /// <summary>The capability that the call is about.</summary>
    public Handle Target { get; set; }

    /// <summary>The endpoint at which a call waits that does.</summary>
    public Handle WaitAt { get; set; }

    /// <summary>When waiting ends without a message, picoseconds; 0 for never.</summary>
    public long DeadlinePs { get; set; }

    /// <summary>What the message is about, in the words of those who send it.</summary>
    public ulong Label { get; set; }

    /// <summary>Words of the message, 0 to 16.</summary>
    public int WordCount
    {
        get => wordCount;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, WordLimit);
            wordCount = value;
        }
    }

    /// <summary>Where the bytes to be sent lie.</summary>
    public ulong StringAddress { get; set; }

    /// <summary>How many bytes are to be sent; 0 for a short message.</summary>
    public int StringBytes { get; set; }

    /// <summary>Where bytes are to be received.</summary>
    public ulong WindowAddress { get; set; }

    /// <summary>How many bytes fit there; 0 where none are wanted.</summary>
    public int WindowBytes { get; set; }

    /// <summary>A capability to be given with the message; received, its new handle.</summary>
    public Handle Granted { get; set; }

    /// <summary>The rights that the given or derived capability is to have.</summary>
    public CapabilityRights GrantedRights { get; set; }

    /// <summary>The badge of the derived capability, or the bits to be signalled.</summary>
    public ulong Badge { get; set; }

    /// <summary>How the call ended.</summary>
    public KernelResult Result { get; internal set; }

    /// <summary>The badge of the capability by which the message was sent; 0 for none.</summary>
    public ulong SenderBadge { get; internal set; }

    /// <summary>The capability to answer a call that was received.</summary>
    public Handle ReplyHandle { get; internal set; }

    /// <summary>Bytes that were received into the window.</summary>
    public int ReceivedBytes { get; internal set; }

    /// <summary>Whether the thread entered the kernel by a fault.</summary>
    internal bool IsException { get; set; }

    /// <summary>Digest of the bytes that were received.</summary>
    internal ulong ReceivedDigest { get; set; }

    /// <summary>A word of the message.</summary>
    public ulong this[int index]
    {
        get => words[index];
        set => words[index] = value;
    }

    /// <summary>Begins a message: its label, no words, no bytes, no capability.</summary>
    public void Begin(ulong label)
    {
        Label = label;
        wordCount = 0;
        StringBytes = 0;
        Granted = Handle.None;
    }

    /// <summary>Adds a word to the message; there must be room.</summary>
    public void Add(ulong word) => words[wordCount++] = word;

    /// <summary>Digest of what the kernel reads when the thread traps.</summary>
    internal ulong DigestOfCall() => Digest.Mix(
        Digest.Of(
            (ulong)Call, Target.Value, WaitAt.Value, (ulong)DeadlinePs, StringAddress,
            (ulong)StringBytes, WindowAddress, (ulong)WindowBytes, Granted.Value, Badge),
        DigestOfMessage());

    /// <summary>Digest of what the thread finds when it returns.</summary>
    internal ulong DigestOfReturn() => Digest.Mix(
        Digest.Of(
            (ulong)Result, SenderBadge, ReplyHandle.Value, (ulong)ReceivedBytes,
            ReceivedDigest, Granted.Value),
        DigestOfMessage());

    /// <summary>Puts label and words into another thread's registers.</summary>
    internal void CopyMessageTo(ThreadRegisters other)
    {
        other.Label = Label;
        other.wordCount = wordCount;
        Array.Copy(words, other.words, wordCount);
        other.ReceivedBytes = 0;
        other.ReceivedDigest = 0;
        other.Granted = Handle.None;
        other.ReplyHandle = Handle.None;
    }

    /// <summary>Makes the registers hold a message of the kernel's own: one word.</summary>
    internal void SetKernelMessage(ulong label, ulong word, ulong badge)
    {
        Begin(label);
        Add(word);
        SenderBadge = badge;
        ReceivedBytes = 0;
        ReceivedDigest = 0;
        ReplyHandle = Handle.None;
    }

    private ulong DigestOfMessage() =>
        Digest.Mix(Label, Digest.Of(words.AsSpan(0, wordCount)));
}
