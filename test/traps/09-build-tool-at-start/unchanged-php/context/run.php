<?php
exec('gcc -shared -fPIC -o rule.so rule.c');
