using Disguise.Kernels.Monolithic.Processes;

namespace Disguise.Kernels.Monolithic.Pipes;

/// <summary>An end of a pipe: what a descriptor stands for.</summary>
internal sealed class PipeEnd(Pipe pipe, bool isWriter)
{
    /// <summary>The pipe.</summary>
    public Pipe Pipe => pipe;

    /// <summary>Whether it is the end that is written to.</summary>
    public bool IsWriter => isWriter;

    /// <summary>The end at the other side; null before somebody has opened it.</summary>
    public PipeEnd? Other => isWriter ? pipe.Reader : pipe.Writer;

    /// <summary>Whether it has been given up.</summary>
    public bool IsClosed { get; set; }

    /// <summary>Who sleeps until the other side does something.</summary>
    public ProcessTask? Waiter { get; set; }
}
