using Disguise.Actors.Execution;
using Disguise.Kernels.Abstractions;

namespace Disguise.LibOS.Applications;

/// <summary>
/// The ways from a program into its kernel and out of it, one by one (Engler, Kaashoek and
/// O'Toole, SOSP 1995, Tables 4 to 6).
/// </summary>
public interface IKernelEntries
{
    /// <summary>
    /// Calls the kernel for nothing; with a stack of the kernel's, where it has calls without.
    /// </summary>
    EmulatedTask NullCall(bool withStack = false);

    /// <summary>The program takes exceptions of a kind itself from now on.</summary>
    EmulatedTask Handle(ProgramExceptionKind kind);

    /// <summary>
    /// An instruction raises an exception, of <see cref="ProgramExceptionKind.Prot"/> a write to
    /// an address; goes on in the program's handler. False when there was no exception, or another
    /// than asked for.
    /// </summary>
    EmulatedTask<bool> Raise(ProgramExceptionKind kind, ulong address);

    /// <summary>The handler has returned, and the instruction is left out.</summary>
    EmulatedTask HandlerReturned();

    /// <summary>
    /// Enters another program by a protected transfer, and comes back. False where the kernel has
    /// none, or where the other does not take it.
    /// </summary>
    EmulatedTask<bool> Transfer(int to);

    /// <summary>
    /// Goes back to whoever enters, without end. Over at once where the kernel has no transfer.
    /// </summary>
    EmulatedTask AnswerTransfers();
}
