using Disguise.Actors.Execution;

namespace Disguise.LibOS.Applications;

/// <summary>
/// How a program makes another with a copy of its memory (fork). Each finds what the memory held
/// then, and no write of the other's since. The child's program is given, for code cannot be copied
/// where it stands; handlers of faults and open sockets are not inherited. A child ends with its
/// parent at the latest.
/// </summary>
public interface IChildPrograms
{
    /// <summary>Makes a child that runs a program: its number; negative where it was refused.
    /// </summary>
    EmulatedTask<int> Fork(Func<ApplicationHost, EmulatedTask> program);

    /// <summary>Waits until a child has ended.</summary>
    EmulatedTask Await(int child);
}
