module tick

go 1.22
